// @ts-check
/**
 * Find where a text of the form is said.
 */

import { normalizeText } from "../../render/normalize.js";

const SHORTEST = 3; // letters of a text to look for
const LONGEST = 60;

/**
 * Return the smallest element that says the first of some texts that is said at all.
 *
 * @param {HTMLElement | null} root
 * @param {string[]} texts As their fields have them.
 */
export function sayingOne(root, texts) {
  return (root && texts.map((text) => saying(root, text)).find(Boolean)) ?? null;
}

/**
 * Return the smallest element that says a text.
 *
 * @param {HTMLElement} root
 * @param {string} text As its field has it, in Markdown or not.
 */
function saying(root, text) {
  const plain = saidPlainly(text.replace(/\]\([^)]*\)/g, "").split(/\n\s*\n|\n- /)[0] ?? "");
  const wanted = plain.slice(0, LONGEST).trim();
  if (wanted.length < SHORTEST || !saidPlainly(root.textContent ?? "").includes(wanted))
    return null;
  let found = root;
  for (;;) {
    const inner = /** @type {HTMLElement[]} */ ([...found.children]).find(
      (each) => isRead(each) && saidPlainly(each.textContent ?? "").includes(wanted),
    );
    if (!inner) return found === root ? null : found;
    found = inner;
  }
}

/** @param {HTMLElement} element Whether one reads it, once what is folded is opened. */
const isRead = (element) =>
  element.checkVisibility?.() !== false || element.closest("details:not([open])") !== null;

/** @param {string} text Without what sets it off: quotation marks, bold, spaces. */
const saidPlainly = (text) => normalizeText(text.replace(/[*"«»“”[\]]/g, "")).replace(/\s+/g, "");
