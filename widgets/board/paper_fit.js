// @ts-check
/**
 * What is left out on paper, where there is more than fits on the sheet.
 */

// A sheet, in lines of its text: what it holds besides the fixed parts, in three columns.
const SHEET = 42;
const LETTERS = 33; // in a line of one column
const HEADING = 2.5; // lines
const ALWAYS_PRINTED = ".reperes-tenir, [data-quand=toujours]";

/**
 * Return about how many lines a text takes on paper.
 *
 * @param {Element | null} element
 */
function textLines(element) {
  const text = element?.textContent?.replace(/\s+/g, " ") ?? "";
  return Math.ceil(text.length / LETTERS) + 0.25;
}

/**
 * Return how many lines the gestures and the services may take on the sheet, all columns together.
 *
 * @param {HTMLElement} board
 */
function freeLines(board) {
  const urgent = board.querySelectorAll("[data-rubrique=securite] [data-conseil]:not([hidden])");
  let free = 3 * SHEET - (urgent.length ? 3 * HEADING : 0);
  for (const advice of urgent) free -= 0.8 * textLines(advice.querySelector(".reperes-court"));
  for (const contact of board.querySelectorAll(".reperes-ici li")) free -= textLines(contact);
  return free;
}

/**
 * Leave out what does not fit on the sheet: the last entries of the longest sections. The
 * first of each stays, and what always holds, and what replaces a dangerous gesture.
 *
 * @param {HTMLElement} board
 */
export function fitToSheet(board) {
  for (const name of ["data-hors-feuille", "data-suite"])
    for (const element of board.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  let free = freeLines(board);
  const lists = board.querySelectorAll(".reperes-gestes .reperes-conseils, .reperes-services > ul");
  const sections = [...lists].map((list) => {
    const items = [...list.querySelectorAll(":scope > :not([hidden], .reperes-secours)")];
    const sizes = new Map(items.map((item) => [item, linesOf(item)]));
    for (const size of sizes.values()) free -= size;
    if (items.length) free -= HEADING;
    return {
      list,
      sizes,
      removable: items.slice(1).filter((item) => !item.matches(ALWAYS_PRINTED)),
    };
  });
  while (free < 0) {
    const most = Math.max(...sections.map(({ removable }) => removable.length));
    const longest = sections.filter(({ removable }) => removable.length === most).pop();
    const last = longest?.removable.pop();
    if (!longest || !last) return; // all that is left has to stay
    last.setAttribute("data-hors-feuille", "");
    free += (longest.sizes.get(last) ?? 0) - (longest.list.hasAttribute("data-suite") ? 0 : 1);
    longest.list.setAttribute("data-suite", "");
  }
}

/** @param {Element} item An advice or a service, as paper shows it. */
function linesOf(item) {
  const short = item.querySelector(".reperes-court, h4");
  return textLines(short) + (item.matches("[data-service]") ? 2.2 : 0); // for whom, how, when
}
