// @ts-check
/**
 * Decisions to take: drafts that were left unsaved, and words that two people changed.
 */

import { askAuthor } from "./author.js";
import { counted, drawPieces, make, makeButton, makePrimaryButton } from "./dom.js";

/**
 * @import { Question } from "./channel.js"
 * @import { Pieces } from "./dom.js"
 */

/**
 * @typedef {{name: string, date: string, aside: boolean, titles: string[]}} DraftInfo
 * @typedef {{place: [string, string, string], title: string, label: string, mine: Pieces,
 *   theirs: Pieces}} ClashInfo
 * @typedef {{mine: string, theirs: string, clashes: ClashInfo[]}} ClashQuestion
 * @typedef {object} PendingState
 * @property {DraftInfo[]} drafts Newest first.
 * @property {string} notice
 * @property {{name: string, ask: boolean}} author Who saves on this computer; whether to ask it.
 * @property {ClashQuestion | null} question
 */

const MOST_NAMED = 3;

/**
 * @param {string} prefix
 * @param {(question: Question, focus?: boolean) => void} act
 */
export function makePendingNotices(prefix, act) {
  const notices = make("div");
  const author = make("div");
  const question = make("div");
  const drafts = make("div");
  /** @type {HTMLElement} Drafts that were left aside: out of the way, and there. */
  const aside = make("details", { class: "formateur-de-cote", hidden: true });
  /** @type {WeakMap<HTMLElement, string>} */
  const drawnFor = new WeakMap();

  /**
   * Draw a part, only where it is about something else than before.
   *
   * @param {HTMLElement} part
   * @param {any} about
   * @param {() => (Node | null)[]} draw
   */
  function redraw(part, about, draw) {
    const key = JSON.stringify(about);
    if (drawnFor.get(part) === key) return false;
    drawnFor.set(part, key);
    part.replaceChildren(...draw().filter((each) => each !== null));
    return true;
  }

  /** @param {PendingState} now */
  function set(now) {
    redraw(notices, now.notice, () => [
      now.notice ? make("p", { class: "formateur-remarque" }, now.notice) : null,
    ]);
    redraw(author, now.author.ask, () => [
      now.author.ask ? askAuthor((name) => act({ do: "signer", name }), prefix) : null,
    ]);
    const asked = now.question;
    redraw(question, asked, () => [asked ? drawClashes(asked, act, prefix) : null]);
    const offered = now.drafts.filter((each) => !each.aside);
    const left = now.drafts.filter((each) => each.aside);
    redraw(drafts, offered, () => offered.map((each) => drawDraft(each, act)));
    redraw(aside, left, () => [
      make("summary", {}, `Brouillons laissés de côté (${left.length})`),
      ...left.map((each) => drawAside(each, act)),
    ]);
    aside.hidden = !left.length;
  }

  /** Go to what is to be decided: only when asked to, as one may be typing. */
  function focus() {
    question.querySelector("h3")?.focus();
  }

  return { element: make("div", {}, notices, author, question, drafts), aside, set, focus };
}

/** @param {DraftInfo} draft */
function contentOf({ titles }) {
  if (!titles.length) return "Il ne change que l’ordre ou la façon d’écrire.";
  const named = titles.slice(0, MOST_NAMED).join(", ");
  const more = titles.length - MOST_NAMED;
  return `Il change ${named}${more > 0 ? ` et ${counted(more, "autre")}` : ""}.`;
}

/**
 * @param {DraftInfo} draft
 * @param {(question: Question, focus?: boolean) => void} act
 */
function drawDraft(draft, act) {
  return make(
    "section",
    { class: "formateur-brouillon", "aria-label": `Brouillon du ${draft.date}` },
    make("p", {}, `Un brouillon du ${draft.date} n’a pas été enregistré. ${contentOf(draft)}`),
    make(
      "p",
      { class: "formateur-ligne" },
      makePrimaryButton("Reprendre le brouillon", () =>
        act({ do: "brouillon", name: draft.name, resume: true }, true),
      ),
      makeButton("Le laisser de côté", () =>
        act({ do: "brouillon", name: draft.name, resume: false }),
      ),
    ),
  );
}

/**
 * @param {DraftInfo} draft
 * @param {(question: Question, focus?: boolean) => void} act
 */
function drawAside(draft, act) {
  return make(
    "p",
    { class: "formateur-ligne" },
    make("span", {}, `Du ${draft.date}. ${contentOf(draft)}`),
    makeButton(
      "Le reprendre",
      () => act({ do: "brouillon", name: draft.name, resume: true }, true),
      { "aria-label": `Reprendre le brouillon du ${draft.date}` },
    ),
  );
}

/**
 * @param {ClashQuestion} question
 * @param {(question: Question, focus?: boolean) => void} act
 * @param {string} prefix
 */
function drawClashes({ mine, theirs, clashes }, act, prefix) {
  const mineIsKept = clashes.map(() => true);
  return make(
    "section",
    { class: "formateur-conflit", "aria-labelledby": `${prefix}-conflit` },
    make(
      "h3",
      { id: `${prefix}-conflit`, tabindex: "-1" },
      clashes.length > 1 ? "Quels mots restent ?" : "Lequel des deux textes reste ?",
    ),
    make(
      "p",
      {},
      "Tout le reste est réuni. Ce qui diffère est souligné ; « Annuler » remet vos mots.",
    ),
    ...clashes.map((clash, index) =>
      drawClash(clash, [mine, theirs], `${prefix}-choix-${index}`, (kept) => {
        mineIsKept[index] = kept;
      }),
    ),
    make(
      "p",
      { class: "formateur-ligne" },
      makePrimaryButton(clashes.length > 1 ? "Garder ces choix" : "Garder ce choix", () =>
        act({
          do: "trancher",
          decided: clashes.map((clash, index) => [clash.place, mineIsKept[index]]),
        }),
      ),
    ),
  );
}

/**
 * @param {ClashInfo} clash
 * @param {[string, string]} sides
 * @param {string} name
 * @param {(mineIsKept: boolean) => void} choose
 */
function drawClash(clash, sides, name, choose) {
  return make(
    "fieldset",
    {},
    make("legend", {}, clash.label ? `${clash.label} : ${clash.title}` : clash.title),
    make(
      "div",
      { class: "formateur-deux" },
      ...[clash.mine, clash.theirs].map((pieces, side) => {
        const radio = make("input", {
          type: "radio",
          name,
          autocomplete: "off",
          change: () => choose(side === 0),
        });
        radio.checked = side === 0;
        const words = drawPieces(pieces);
        return make(
          "label",
          {},
          radio,
          make("span", {}, make("strong", {}, sides[side]), make("span", {}, ...words)),
        );
      }),
    ),
  );
}
