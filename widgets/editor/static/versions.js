// @ts-check
/**
 * The panel of the versions: who saved, when and what; what differs from one to another; the
 * way back.
 */

import { drawAuthor } from "./author.js";
import { drawPieces, make, makeButton } from "./dom.js";

/** @import { Pieces } from "./dom.js" */

/**
 * @typedef {{label: string, before: Pieces, after: Pieces}} ValueChange
 * @typedef {{kind: string, id: string, title: string, what: string, state: string,
 *   values: ValueChange[]}} EntryChange
 * @typedef {{from: string, to: string, before: string, after: string, changes: EntryChange[]}} Comparison
 * @typedef {{from: string, to: string, when: string, who: string, what: string}} SaveRow
 * @typedef {object} VersionsData
 * @property {[string, string][]} versions Newest first: what names each, and its words.
 * @property {SaveRow[]} rows
 * @property {number} more How many saves are not listed.
 * @property {Comparison | null} compared
 * @property {boolean} [unreadable]
 */

/**
 * @param {VersionsData} data
 * @param {string} author
 * @param {{compare: (before: string, after: string) => void, more: () => void,
 *   restore: (version: string, entry?: [string, string]) => void, sign: (name: string) => void}} actions
 * @param {string} prefix
 */
export function drawVersions(data, author, actions, prefix) {
  if (data.unreadable)
    return [make("p", {}, "Une copie ne peut pas être lue. Regardez le dossier « copies ».")];
  const signing = drawAuthor(author, actions.sign, `${prefix}-versions-qui`);
  if (!data.rows.length)
    return [
      make("p", {}, "Rien n’a été enregistré encore : chaque enregistrement sera une version ici."),
      signing,
    ];
  return [
    drawComparison(data, actions, prefix),
    make("h4", {}, "Les enregistrements"),
    make(
      "ol",
      { class: "formateur-versions" },
      ...data.rows.map((row) => drawRow(row, actions.compare)),
    ),
    data.more ? makeButton(`Montrer les plus anciens (${data.more})`, actions.more) : null,
    signing,
  ];
}

/**
 * @param {SaveRow} row
 * @param {(before: string, after: string) => void} compare
 */
function drawRow({ from, to, when, who, what }, compare) {
  return make(
    "li",
    {},
    make("strong", {}, who ? `${when}, ${who}` : when),
    ` : ${what}. `,
    makeButton("Voir ce changement", () => compare(from, to), {
      class: "formateur-lien",
      "aria-label": `Voir ce changement, ${when}`,
    }),
  );
}

/**
 * Draw the choice of two versions, and what differs.
 *
 * @param {VersionsData} data
 * @param {Parameters<typeof drawVersions>[2]} actions
 * @param {string} prefix
 */
function drawComparison({ versions, rows, compared }, { compare, restore }, prefix) {
  const [now] = versions;
  const before = drawChoice(
    versions,
    compared?.from ?? rows[0]?.from ?? "",
    `${prefix}-version-avant`,
  );
  const after = drawChoice(versions, compared?.to ?? now?.[0] ?? "", `${prefix}-version-apres`);
  return make(
    "section",
    { "aria-labelledby": `${prefix}-versions-titre` },
    make("h4", { id: `${prefix}-versions-titre` }, "Comparer deux versions"),
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: before.id }, "Version d’avant : "),
      before,
    ),
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: after.id }, "Version d’après : "),
      after,
    ),
    makeButton("Comparer", () => compare(before.value, after.value)),
    compared ? drawDifferences(compared, restore) : null,
  );
}

/**
 * @param {[string, string][]} versions
 * @param {string} chosen
 * @param {string} id
 */
function drawChoice(versions, chosen, id) {
  const select = make(
    "select",
    { id, autocomplete: "off" },
    ...versions.map(([value, words]) => make("option", { value }, words)),
  );
  select.value = chosen;
  return select;
}

/**
 * @param {Comparison} compared
 * @param {(version: string, entry?: [string, string]) => void} restore
 */
function drawDifferences({ from, before, after, changes }, restore) {
  return make(
    "div",
    { class: "formateur-ecarts" },
    make("h5", { tabindex: "-1" }, `De « ${before} » à « ${after} »`),
    changes.length
      ? null
      : make("p", {}, "Ces deux versions disent la même chose, à l’ordre et à l’écriture près."),
    ...changes.map((change) => drawEntry(change, () => restore(from, [change.kind, change.id]))),
    from === "ecran"
      ? null
      : make(
          "p",
          {},
          makeButton(`Remettre toute la liste : ${before}`, () => restore(from)),
        ),
  );
}

/** @type {Record<string, string>} What bringing an entry back does, by what became of it. */
const RESTORES = {
  ajout: "Retirer cette entrée",
  retrait: "Remettre cette entrée",
  changement: "Remettre comme avant",
};

/**
 * @param {EntryChange} change
 * @param {() => void} restore
 */
function drawEntry({ title, what, state, values }, restore) {
  const action = RESTORES[state] ?? "";
  return make(
    "section",
    { class: "formateur-personne", "aria-label": `${what} : ${title}` },
    make("p", {}, `${what} : `, make("strong", {}, title), ` (${state})`),
    ...values.map((value) =>
      make(
        "dl",
        {},
        make("dt", {}, value.label),
        make("dd", {}, "Avant : ", ...drawPieces(value.before)),
        make("dd", {}, "Après : ", ...drawPieces(value.after)),
      ),
    ),
    makeButton(action, restore, { "aria-label": `${action} : « ${title} »` }),
  );
}
