// @ts-check
/**
 * The entries one chooses from, under their headings, each with its marks and what it says of
 * what one looks for.
 */

import { counted, make } from "./dom.js";

/** @import { EntryInfo } from "./chooser.js" */

/**
 * @typedef {object} EntryRow
 * @property {string} kind
 * @property {EntryInfo} entry
 * @property {string} key The field to open, where one looks for what it says.
 * @property {string} words What it says, then.
 * @property {string} heading Over it, where it is the first of its kind.
 * @property {string} group Over it, where it is the first of its group.
 */

const ROOM = 40; // pixels: what is chosen is not at the very edge

/**
 * @param {string} name Of its radios.
 * @param {(kind: string, place: number, key: string) => void} choose
 */
export function makeEntryList(name, choose) {
  let drawn = "";
  /** @type {HTMLElement} */
  const element = make("fieldset", { class: "formateur-entrees" });

  /** @param {EntryRow} row */
  function makeRow({ kind, entry, key, words }) {
    const radio = make("input", {
      type: "radio",
      name,
      autocomplete: "off",
      value: `${kind} ${entry.place}`,
      change: () => choose(kind, entry.place, key),
    });
    return make("label", { class: "formateur-entree" }, radio, titleOf(entry, words));
  }

  /** @param {(Node | null)[]} rows @param {string} value Of the chosen one. */
  function replace(rows, value) {
    const focused = element.contains(document.activeElement);
    const { scrollTop } = element;
    element.replaceChildren(...rows.filter((each) => each !== null));
    element.scrollTop = scrollTop;
    const mine = /** @type {HTMLElement | null} */ (
      element.querySelector(`input[value="${value}"]`)
    );
    if (focused) mine?.focus({ preventScroll: true });
  }

  return {
    element,
    /**
     * @param {EntryRow[]} shown
     * @param {{kind: string, place: number}} chosen
     * @param {{title: string, before: number, after: number}} around How many more there are.
     */
    draw(shown, chosen, { title, before, after }) {
      const value = `${chosen.kind} ${chosen.place}`;
      const key = JSON.stringify([shown, before, after]);
      if (key !== drawn) {
        drawn = key;
        const rows = shown.flatMap((row) => [
          ...[row.heading, row.group].map(makeHeading),
          makeRow(row),
        ]);
        const legend = make("legend", { class: "reperes-lu" }, title);
        replace([legend, makeMore(before, "avant"), ...rows, makeMore(after, "après")], value);
      }
      for (const radio of element.querySelectorAll("input")) radio.checked = radio.value === value;
    },
    /** Bring what is chosen into sight. */
    reveal() {
      const row = element.querySelector("input:checked")?.parentElement;
      const top = row ? row.offsetTop - element.offsetTop : element.scrollTop;
      if (top < element.scrollTop || top > element.scrollTop + element.clientHeight - ROOM)
        element.scrollTop = top - ROOM;
    },
  };
}

/** @param {string} words @returns {Node | null} */
function makeHeading(words) {
  return words ? make("p", { class: "formateur-groupe" }, words) : null;
}

/** @param {number} number @param {string} where @returns {Node | null} */
function makeMore(number, where) {
  const words = `${counted(number, "autre")} ${where} : cherchez un mot.`;
  return number ? make("p", { class: "formateur-rien" }, words) : null;
}

/**
 * @param {EntryInfo} entry
 * @param {string} words What it says of what one looks for.
 */
function titleOf(entry, words) {
  const marks = [
    entry.errors ? "à corriger" : "",
    entry.marks.includes("verifier") ? "à vérifier" : "",
    entry.state,
    entry.hidden ? "masquée" : "",
  ];
  const mark = marks.filter(Boolean).join(", ");
  return make(
    "span",
    {},
    entry.title,
    mark ? make("em", {}, ` (${mark})`) : null,
    words ? make("small", {}, words) : null,
  );
}
