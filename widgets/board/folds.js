// @ts-check
/**
 * Which lines of the answer stand open, and which wait below their count: the rule of
 * `signs.orientation`, on the page. Nothing is sorted: lines keep their order on both sides.
 */

const OPEN_LINES = 3;
const OPEN_SERVICES = 2;
const IN_DANGER = 3; // lines in the red frame
const PLACE = "data-place"; // of a line, in the order of the list

/**
 * Fold an answer: in each step the first lines shown stand open, and all that protect.
 *
 * @param {HTMLElement} answer
 * @param {boolean} urgent In danger, past the first step only what protects stands open.
 */
export function foldAnswer(answer, urgent) {
  for (const step of answer.querySelectorAll("[data-temps]")) foldStep(step, urgent);
  foldServices(answer, urgent);
  markSentence(answer, urgent);
}

/**
 * Put all lines back where paper and a page without script have them.
 *
 * @param {HTMLElement} answer
 * @param {boolean} urgent In danger, the first lines stay in their frame.
 * @returns {Set<Element>} Those that were folded.
 */
export function unfoldAnswer(answer, urgent) {
  const folded = new Set(
    answer.querySelectorAll(":is(.reperes-autres, .reperes-tous) > ul > :not([hidden])"),
  );
  for (const step of answer.querySelectorAll("[data-temps]")) {
    const lists = listsOf(step);
    const lines = stepLines(lists);
    const framed = urgent && lists.more ? lines.filter(isShown).slice(0, IN_DANGER) : lines;
    lists.first.append(...framed);
    lists.more?.append(...lines.filter((line) => !framed.includes(line)));
    if (lists.more) lists.more.hidden = !urgent;
  }
  const { open, rest } = serviceLists(answer);
  open.append(...inOrder([open, rest], answer));
  return folded;
}

/** @typedef {{first: Element, more: HTMLElement | null, rest: Element, fold: HTMLElement}} Lists */

/** @type {WeakMap<Element, Element[]>} The lines of a step, in the order of the list. */
const known = new WeakMap();

/**
 * @param {Element} step
 * @returns {Lists}
 */
function listsOf(step) {
  const fold = /** @type {HTMLElement} */ (step.querySelector(":scope > .reperes-autres"));
  return {
    first: /** @type {Element} */ (step.querySelector(".reperes-conseils")),
    more: step.querySelector(":scope > .reperes-encore"),
    rest: /** @type {Element} */ (fold.querySelector("ul")),
    fold,
  };
}

/** @param {Lists} lists */
function stepLines({ first, more, rest }) {
  return inOrder([first, more, rest], first);
}

/**
 * Return the items of some lists in the order that the page had them in at first.
 *
 * @param {(Element | null)[]} lists
 * @param {Element} key What remembers that order.
 */
function inOrder(lists, key) {
  let items = known.get(key);
  if (!items) {
    items = lists.flatMap((list) => (list ? [...list.children] : []));
    // In a page that was saved they have moved already: each says where it was.
    if (items.every((item) => item.hasAttribute(PLACE)))
      items.sort((one, other) => placeOf(one) - placeOf(other));
    for (const [place, item] of items.entries()) item.setAttribute(PLACE, String(place));
    known.set(key, items);
  }
  return items;
}

/** @param {Element} item */
const placeOf = (item) => Number(item.getAttribute(PLACE));

/** @param {Element} item */
const isShown = (item) => !(/** @type {HTMLElement} */ (item).hidden);

/**
 * @param {Element} step
 * @param {boolean} urgent
 */
function foldStep(step, urgent) {
  const lists = listsOf(step);
  const now = step.getAttribute("data-temps") === "maintenant";
  const free = urgent && !now ? 0 : OPEN_LINES;
  const lines = stepLines(lists);
  const shown = lines.filter(isShown);
  const open = shown.filter((line, place) => place < free || line.hasAttribute("data-protege"));
  const framed = urgent && now ? open.slice(0, IN_DANGER) : open;
  const more = open.slice(framed.length);
  const folded = shown.filter((line) => !open.includes(line));
  const hidden = lines.filter((line) => !isShown(line));
  place(lists.first, framed);
  if (lists.more) {
    place(lists.more, more);
    const title = /** @type {HTMLElement} */ (lists.more.previousElementSibling);
    title.hidden = lists.more.hidden = !more.length;
  }
  place(lists.rest, [...folded, ...hidden]);
  showCount(lists.fold, folded.length, lists.fold.dataset.nom ?? "");
}

/** @param {HTMLElement} answer */
function serviceLists(answer) {
  const services = /** @type {Element} */ (answer.querySelector(".reperes-services"));
  return {
    open: /** @type {Element} */ (services.querySelector(":scope > ul")),
    rest: /** @type {Element} */ (services.querySelector(".reperes-tous > ul")),
    fold: /** @type {HTMLElement} */ (services.querySelector(".reperes-tous")),
    doubt: /** @type {HTMLElement} */ (services.querySelector(".reperes-doute")),
  };
}

/**
 * @param {HTMLElement} answer
 * @param {boolean} urgent In danger, the number to call is enough: all services wait.
 */
function foldServices(answer, urgent) {
  const { open, rest, fold, doubt } = serviceLists(answer);
  const services = inOrder([open, rest], answer);
  const shown = services.filter(isShown);
  const first = shown
    .filter((service) => !service.matches(".reperes-secours"))
    .slice(0, urgent ? 0 : OPEN_SERVICES);
  place(open, first);
  place(rest, [...services.filter((service) => !first.includes(service))]);
  doubt.hidden = !first.length;
  fold.hidden = shown.length === first.length;
  setSummary(fold, `Tous les services (${shown.length})`);
}

/**
 * @param {Element} list
 * @param {Element[]} items Put into it, in this order; nothing moves that is in place.
 */
function place(list, items) {
  items.forEach((item, position) => {
    if (list.children[position] !== item) list.insertBefore(item, list.children[position] ?? null);
  });
}

/**
 * @param {HTMLElement} fold
 * @param {number} count
 * @param {string} noun As « autre geste ».
 */
function showCount(fold, count, noun) {
  fold.hidden = !count;
  const words = count > 1 ? noun.replace(/(\p{L})(?= |$)/gu, "$1s") : noun;
  setSummary(fold, `${count} ${words}`);
}

/**
 * @param {HTMLElement} fold
 * @param {string} text
 */
function setSummary(fold, text) {
  const summary = /** @type {HTMLElement} */ (fold.querySelector("summary"));
  if (summary.textContent !== text) summary.textContent = text;
}

/**
 * Mark the first open line that quotes a sentence to say: it is set large, with its button.
 *
 * @param {HTMLElement} answer
 * @param {boolean} urgent
 */
function markSentence(answer, urgent) {
  for (const line of answer.querySelectorAll(".reperes-a-dire"))
    line.classList.remove("reperes-a-dire");
  if (urgent) return;
  const sentence = answer.querySelector(
    "[data-temps=maintenant] .reperes-cadre li:not([hidden]) .reperes-dire",
  );
  sentence?.closest("li")?.classList.add("reperes-a-dire");
}
