// @ts-check
/**
 * What is left out on paper, where there is more than fits on the sheet.
 */

// A sheet, in lines of its text: what it holds besides the fixed parts, in three columns.
const SHEET = 40;
const LETTERS = 36; // in a line of one column
const HEADING = 2; // lines
const LAST_TO_GIVE_WAY = "[data-tenir], [data-service][data-quand=toujours]";

/**
 * Return about how many lines a text takes on paper.
 *
 * @param {Element | null} element
 */
function textLines(element) {
  const text = element?.textContent?.replace(/\s+/g, " ") ?? "";
  return Math.ceil(text.length / LETTERS) + 0.25;
}

/** @param {Element} item An advice or a service, as paper shows it. */
function paperLines(item) {
  if (!item.matches("[data-service]")) return textLines(item.querySelector("p"));
  const row = item.querySelector(".reperes-rangee");
  const open = row?.querySelector(".reperes-ouvert")?.textContent?.length ?? 0;
  const address = row?.querySelector(".reperes-numero")
    ? null
    : item.querySelector(".reperes-joindre");
  return textLines(row) - open / LETTERS + (address ? 0.5 : 0);
}

/**
 * Leave out what does not fit on the sheet: the last lines of the longest lists, among those that
 * are folded on the screen. What stands open there is all on paper; what replaces a dangerous
 * gesture, and who always answers, are the last to give way.
 *
 * @param {HTMLElement} board
 * @param {Set<Element>} folded The lines that may be left out.
 */
export function fitToSheet(board, folded) {
  for (const name of ["data-hors-feuille", "data-suite"])
    for (const element of board.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  let free = 3 * SHEET - 5 * HEADING;
  for (const contact of board.querySelectorAll(".reperes-ici li")) free -= textLines(contact);
  const lists = board.querySelectorAll(
    ".reperes-etape > .reperes-conseils, .reperes-cadre > ul, .reperes-services > ul",
  );
  const folds = [...lists].map((list) => {
    const items = [...list.querySelectorAll(":scope > :not([hidden], .reperes-secours)")];
    for (const item of items) free -= paperLines(item);
    return items.filter((item) => folded.has(item));
  });
  for (const kept of [false, true]) {
    const removable = folds.map((items) =>
      items.filter((item) => item.matches(LAST_TO_GIVE_WAY) === kept),
    );
    while (free < 0) {
      const most = Math.max(...removable.map((items) => items.length));
      const last = removable
        .filter((items) => items.length === most)
        .pop()
        ?.pop();
      const list = last?.parentElement;
      if (!last || !list) break; // all that is left is kept as long as can be
      last.setAttribute("data-hors-feuille", "");
      free += paperLines(last) - (list.hasAttribute("data-suite") ? 0 : 1);
      list.setAttribute("data-suite", "");
    }
  }
}
