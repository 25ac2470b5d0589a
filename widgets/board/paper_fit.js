// @ts-check
/**
 * What is left out on paper, where there is more than the sheet has room for.
 */

// A sheet, in lines of its text: what it holds besides the fixed parts, in three columns.
const SHEET = 42;
const LETTERS = 33; // in a line of one column
const HEADING = 2.5; // lines
const STAYS = ".reperes-tenir, [data-quand=toujours]";

/**
 * Return about how many lines a text takes on paper.
 *
 * @param {Element | null} element
 */
function lines(element) {
  const text = element?.textContent?.replace(/\s+/g, " ") ?? "";
  return Math.ceil(text.length / LETTERS) + 0.25;
}

/**
 * Return how many lines the gestures and the services may take on the sheet, all columns together.
 *
 * @param {HTMLElement} board
 */
function roomOf(board) {
  const urgent = board.querySelectorAll("[data-rubrique=securite] [data-conseil]:not([hidden])");
  let room = 3 * SHEET - (urgent.length ? 3 * HEADING : 0);
  for (const advice of urgent) room -= 0.8 * lines(advice.querySelector(".reperes-court"));
  for (const contact of board.querySelectorAll(".reperes-ici li")) room -= lines(contact);
  return room;
}

/**
 * Leave out of the sheet what it has no room for: the last ones of the longest sections. The
 * first of each stays, what always holds, what stands for a gesture that would be dangerous here.
 *
 * @param {HTMLElement} board
 */
export function fitSheet(board) {
  for (const name of ["data-hors-feuille", "data-suite"])
    for (const element of board.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  let room = roomOf(board);
  const lists = board.querySelectorAll(".reperes-gestes .reperes-conseils, .reperes-services > ul");
  const sections = [...lists].map((list) => {
    const items = [...list.querySelectorAll(":scope > :not([hidden], .reperes-secours)")];
    const sizes = new Map(items.map((item) => [item, sizeOf(item)]));
    for (const size of sizes.values()) room -= size;
    if (items.length) room -= HEADING;
    return { list, sizes, loose: items.slice(1).filter((item) => !item.matches(STAYS)) };
  });
  while (room < 0) {
    const most = Math.max(...sections.map(({ loose }) => loose.length));
    const longest = sections.filter(({ loose }) => loose.length === most).pop();
    const last = longest?.loose.pop();
    if (!longest || !last) return; // all that is left has to stay
    last.setAttribute("data-hors-feuille", "");
    room += (longest.sizes.get(last) ?? 0) - (longest.list.hasAttribute("data-suite") ? 0 : 1);
    longest.list.setAttribute("data-suite", "");
  }
}

/** @param {Element} item An advice or a service, as paper shows it. */
function sizeOf(item) {
  const short = item.querySelector(".reperes-court, h4");
  return lines(short) + (item.matches("[data-service]") ? 2.2 : 0); // for whom, how, when
}
