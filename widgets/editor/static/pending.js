// @ts-check
/**
 * Decisions to take first: an unsaved draft, a file that somebody else changed too.
 */

import { make, makeButton, makePrimaryButton } from "./dom.js";

/** @import { Question } from "./channel.js" */

/**
 * @typedef {{file: string, mine: string, theirs: string}} Conflict A file that both changed.
 * @typedef {object} PendingState
 * @property {string} draft When the draft was left; nothing where there is none.
 * @property {string} notice
 * @property {Conflict[] | null} conflict
 */

/**
 * @param {string} prefix
 * @param {(question: Question, focus?: boolean) => void} act
 */
export function makePendingNotices(prefix, act) {
  /** @type {HTMLElement} */
  const element = make("div");
  let drawnFor = "";

  /** @param {PendingState} now */
  function set({ draft, notice, conflict }) {
    const key = JSON.stringify([draft, notice, conflict]);
    if (key === drawnFor) return;
    drawnFor = key;
    element.replaceChildren();
    if (notice) element.append(make("p", { class: "formateur-remarque" }, notice));
    if (draft) element.append(drawDraft(draft, act));
    if (!conflict) return;
    const actions = {
      mine: () => act({ do: "conflit", keep: "mine" }),
      theirs: () => act({ do: "conflit", keep: "theirs" }),
    };
    element.append(drawConflict(conflict, actions, prefix));
    element.querySelector("h3")?.focus();
  }

  return { element, set };
}

/**
 * @param {string} left When it was left.
 * @param {(question: Question, focus?: boolean) => void} act
 */
function drawDraft(left, act) {
  return make(
    "section",
    { class: "formateur-brouillon", "aria-label": "Brouillon retrouvé" },
    make("p", {}, `Un brouillon du ${left} n’a pas été enregistré. Voulez-vous le reprendre ?`),
    make(
      "p",
      { class: "formateur-ligne" },
      makePrimaryButton("Reprendre le brouillon", () =>
        act({ do: "brouillon", resume: true }, true),
      ),
      makeButton("Le laisser de côté", () => act({ do: "brouillon", resume: false })),
    ),
  );
}

/**
 * @param {Conflict[]} files
 * @param {{mine: () => void, theirs: () => void}} actions
 * @param {string} prefix
 */
function drawConflict(files, actions, prefix) {
  return make(
    "section",
    { class: "formateur-conflit", "aria-labelledby": `${prefix}-conflit` },
    make(
      "h3",
      { id: `${prefix}-conflit`, tabindex: "-1" },
      "Quelqu’un d’autre a changé ce fichier",
    ),
    make(
      "p",
      {},
      "Rien n’est perdu : voici les deux textes. La version que vous ne gardez pas est rangée dans une copie datée.",
    ),
    ...files.map(({ file, mine, theirs }, index) =>
      make(
        "div",
        { class: "formateur-deux" },
        ...[
          ["Votre texte", mine],
          ["Le texte enregistré par ailleurs", theirs],
        ].map(([title, text], side) => {
          const id = `${prefix}-conflit-${index}-${side}`;
          return make(
            "div",
            {},
            make("label", { for: id }, `${title} (${file})`),
            make("textarea", { id, readonly: true, rows: "12", spellcheck: "false" }, text),
          );
        }),
      ),
    ),
    make(
      "p",
      { class: "formateur-ligne" },
      makePrimaryButton("Garder mon texte", actions.mine),
      makeButton("Prendre l’autre texte", actions.theirs),
    ),
  );
}
