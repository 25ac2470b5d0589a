// @ts-check
/**
 * How large the text of the printed sheet is, and what is left out where there is more than fits.
 */

// In points: what the sheet holds besides the fixed parts, in three columns.
const SHEET = 1260;
const CALL = 30; // the number to call first
const NUMBER = 22; // a line of a number of its own
const EXTENSION = 14; // the one below it
const COLUMN = 324; // letters of one point in a line
const LINE = 1.28; // as print.css has it
const GAP = 3;
const SMALLEST = 9;
const EASE = 200; // left to write in, for each point that the text is larger
const SIZES = [11, 10, SMALLEST]; // of the text
const AROUND = 16; // letters that the number of a service takes from the lines beside it
const NAMED = 300; // letters of those that a note names
const MORE = "La suite est à l’écran";
const STAYS = 3;
const LISTS =
  ".reperes-etape > .reperes-conseils, .reperes-cadre > ul, .reperes-services > ul, " +
  ".reperes-ici > :not([hidden])";
const BESIDE_NUMBER = ".reperes-numero ~ span";
const LAST_TO_GIVE_WAY = "[data-tenir], [data-service][data-quand=toujours]";

/** @param {Element | null} [part] */
const lengthOf = (part) => part?.textContent?.replace(/\s+/g, " ").length ?? 0;

/**
 * Return the height of a text in a column.
 *
 * @param {number} letters
 * @param {number} size
 */
const heightOfText = (letters, size) => Math.ceil((letters * size) / COLUMN) * size * LINE;

/**
 * Return about how much of a column an advice, a service or a contact takes.
 *
 * @param {Element} item
 * @param {number} size Of its text, in points.
 * @param {boolean} [brief] Whether a contact that has a number is without its place and days.
 */
function heightOf(item, size, brief) {
  const isContact = item.closest(".reperes-ici");
  const row = item.querySelector(".reperes-rangee");
  const number = (row ?? item).querySelector(".reperes-numero");
  let letters = lengthOf(isContact ? item : (row ?? item.querySelector("p")));
  for (const part of item.querySelectorAll("[href^=mailto], .reperes-ouvert"))
    letters -= lengthOf(part);
  let apart = GAP;
  if (isContact && number) {
    apart += NUMBER + (number.querySelector("small") ? EXTENSION : 0) + (brief ? 0 : size);
    letters -= lengthOf(number);
    if (brief) for (const part of item.querySelectorAll(BESIDE_NUMBER)) letters -= lengthOf(part);
  } else if (row) letters += number ? AROUND : lengthOf(item.querySelector(".reperes-joindre"));
  return heightOfText(letters, size) + apart;
}

/**
 * Return when a line gives way: the lower, the sooner; what stands open on the screen never does.
 *
 * @param {Element} item
 * @param {Set<Element>} folded
 */
function placeInQueue(item, folded) {
  const isContact = item.closest(".reperes-ici");
  if (!isContact && !folded.has(item)) return STAYS;
  if (item.hasAttribute("data-second")) return 0;
  return item.matches(LAST_TO_GIVE_WAY) ? STAYS - 1 : 1;
}

/**
 * Choose the largest text for which all fits on the sheet. Where the smallest is too large, leave
 * out lines, the last ones of the longest lists first: whoever has a role that a person before
 * them has; then what is folded on the screen, and other contacts; then what replaces a dangerous
 * gesture, who always answers, and who is to be reached whatever happens.
 *
 * @param {HTMLElement} board
 * @param {Set<Element>} folded The lines of advice and services that are folded on the screen.
 */
export function fitToSheet(board, folded) {
  for (const name of ["data-hors-feuille", "data-suite"])
    for (const element of board.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  const lists = [...board.querySelectorAll(LISTS)].map((list) => [
    ...list.querySelectorAll(":scope > :not([hidden], .reperes-secours)"),
  ]);
  const here = board.querySelector(".reperes-ici");
  const name = heightOfText(lengthOf(here?.querySelector("h4")), SMALLEST + 2);
  const room = SHEET - name - (board.hasAttribute("data-urgent") ? CALL : 0);
  const freeAt = (/** @type {number} */ size, /** @type {boolean} */ brief) =>
    lists.flat().reduce((left, item) => left - heightOf(item, size, brief), room);
  const fitting = SIZES.find((each) => freeAt(each, false) >= (each - SMALLEST) * EASE);
  const size = fitting ?? SMALLEST;
  const brief = !fitting;
  board.setAttribute("data-corps", String(size));
  board.toggleAttribute("data-bref", brief);
  if (brief && here?.querySelector(`:not([hidden]) > li > ${BESIDE_NUMBER}`))
    here.setAttribute("data-suite", "Lieux et jours à l’écran.");
  let free = freeAt(size, brief);
  for (let place = 0; place < STAYS; place += 1) {
    const queues = lists.map((items) =>
      items.filter((item) => placeInQueue(item, folded) === place),
    );
    while (free < 0) {
      const most = Math.max(...queues.map((items) => items.length));
      const last = queues
        .filter((items) => items.length === most)
        .pop()
        ?.pop();
      const list = last?.parentElement;
      if (!last || !list) break; // all that is left is kept as long as can be
      last.setAttribute("data-hors-feuille", "");
      const note = `${MORE}${rolesLeftOut(list)}.`;
      const before = list.getAttribute("data-suite") ?? "";
      list.setAttribute("data-suite", note);
      free += heightOfText(before.length, size) - heightOfText(note.length, size);
      free += heightOf(last, size, brief);
    }
  }
}

/**
 * Name the contacts that are not on the sheet, by role, and count those whose roles are too long
 * to name: « : CPE (5), Vie scolaire, et 3 autres ».
 *
 * @param {Element} list
 */
function rolesLeftOut(list) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const role of list.querySelectorAll("[data-hors-feuille] > strong"))
    counts.set(role.textContent ?? "", (counts.get(role.textContent ?? "") ?? 0) + 1);
  let words = "";
  let others = 0;
  for (const [role, count] of counts) {
    const longer = `${words}${words && ", "}${role}${count > 1 ? ` (${count})` : ""}`;
    if (longer.length > NAMED) others += count;
    else words = longer;
  }
  if (others) words += `${words && ", et "}${others} autre${others > 1 ? "s" : ""}`;
  return list.closest(".reperes-ici") ? ` : ${words}` : "";
}
