// @ts-check
/**
 * Put together the texts that wait in a school's board: pieces that the schools of a site share,
 * and its own. Both came with the page; nothing is asked of anybody.
 */

const MARK = "\f";

/**
 * @param {Document} page
 * @param {string[]} shared
 */
function assemble(page, shared) {
  const standIn = page.getElementById("reperes-sans-script");
  const made = page.getElementById("reperes-morceaux");
  const waiting = page.querySelectorAll(".reperes-board noscript");
  if (!standIn || !made) return; // a page saved while it was in use: it has them already
  /** @type {(string | [number, number])[]} */
  const parts = JSON.parse(made.textContent);
  const texts = parts
    .map((part) => (typeof part === "string" ? part : shared.slice(...part).join("")))
    .join("")
    .split(MARK);
  if (texts.length !== waiting.length) return;
  for (const [index, noscript] of waiting.entries()) noscript.textContent = texts[index] ?? "";
  standIn.remove();
}

const shared = /** @type {{reperesTextes?: string[]}} */ (globalThis).reperesTextes;
if (shared) assemble(document, shared);
