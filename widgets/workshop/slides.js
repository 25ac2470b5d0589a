// @ts-check
/**
 * The workshop before a group: each screen of it as slides, where one thing more is shown at a
 * time, without moving what is shown. What does not fit below it takes its place.
 */

const SILENT = "atelier-tu";
const AWAITED = "atelier-attendu"; // its place is kept

/**
 * @typedef {object} Slide
 * @property {HTMLElement[]} parts What is shown, one after the other.
 * @property {HTMLElement[]} [around] What is shown with each of them.
 * @property {boolean} [whole] Whether what is shown stays, as a question before its answer.
 */

/**
 * Return the slides of a step, or of one of its stories.
 *
 * @param {HTMLElement} step
 * @param {HTMLElement | null} vignette
 * @param {HTMLElement} practice The board, which is a slide of each story.
 * @returns {Slide[]}
 */
function slidesOf(step, vignette, practice) {
  if (!vignette) {
    const cards = all(step, ":scope > .atelier-cartes > li").map((card) => ({
      parts: [card, ...all(card, "details>div")],
      whole: true,
    }));
    const table = all(step, ":scope > .atelier-mots");
    const rows = table.flatMap((each) => all(each, "tbody>tr"));
    return [
      { parts: all(step, ":scope > .atelier-texte > p, :scope > .atelier-texte li") },
      ...cards,
      { parts: rows, around: table },
    ].filter(({ parts }) => parts.length);
  }
  const [answer] = all(vignette, ".atelier-revelation");
  const answers = all(vignette, ".atelier-revelation>div>h4").map((title) => ({
    parts: following(title),
    around: answer ? [answer, title] : [title],
  }));
  return [
    {
      parts: all(vignette, ":scope > .atelier-histoire"),
      around: all(vignette, ":scope > .atelier-qui"),
    },
    {
      parts: all(vignette, ":scope>ol>li"),
      around: all(vignette, ":scope > h4"),
    },
    { parts: [practice] },
    ...answers.filter(({ parts }) => parts.length),
  ];
}

/**
 * Return what stands between a title and the next one: the items of lists, and paragraphs.
 *
 * @param {HTMLElement} title
 */
function following(title) {
  const parts = [];
  for (let next = title.nextElementSibling; next && next.tagName !== "H4"; ) {
    if (next.matches(":is(ul,ol)")) parts.push(...all(next, ":scope>li"));
    else if (next.matches("p:not([class])") && !next.querySelector("button")) parts.push(next);
    next = next.nextElementSibling;
  }
  return /** @type {HTMLElement[]} */ (parts);
}

/**
 * Show a screen up to one of its parts.
 *
 * @param {HTMLElement} step
 * @param {HTMLElement | null} vignette
 * @param {HTMLElement} practice
 * @param {number} wanted Which part, from 0; one that is not there stands for the last.
 * @returns {{at: number, count: number}} Which part is shown last, of how many.
 */
export function present(step, vignette, practice, wanted) {
  const slides = slidesOf(step, vignette, practice);
  const frames = slides.flatMap((slide) => slide.parts.map((_part, last) => ({ slide, last })));
  const at = Math.max(0, Math.min(wanted, frames.length - 1));
  for (const { parts, around = [] } of slides) silence([...parts, ...around], true);
  const frame = frames[at];
  practice.hidden = frame?.slide.parts[0] !== practice;
  step.classList.toggle(SILENT, !practice.hidden);
  if (frame) reveal(step, frame.slide, frame.last);
  return { at, count: frames.length };
}

/**
 * @param {HTMLElement} area What must not overflow.
 * @param {Slide} slide
 * @param {number} last
 */
function reveal(area, { parts, around = [], whole = false }, last) {
  silence(around, false);
  for (const each of [...parts, ...around]) {
    const details = each.matches("details") ? each : each.querySelector(":scope>details");
    if (details instanceof HTMLDetailsElement) details.open = true;
  }
  let first = 0;
  for (const [index, each] of parts.entries()) {
    each.classList.toggle(AWAITED, index > last);
    silence([each], false);
    if (!whole && index > first && area.scrollHeight > area.clientHeight + 1) {
      silence(index > last ? [each] : parts.slice(first, index), true);
      if (index > last) break;
      first = index;
    }
  }
}

/**
 * Show all again, as one reads it alone.
 *
 * @param {HTMLElement} root
 */
export function unveil(root) {
  for (const each of all(root, `.${SILENT},.${AWAITED}`)) each.classList.remove(SILENT, AWAITED);
}

/**
 * @param {HTMLElement[]} parts
 * @param {boolean} silent
 */
function silence(parts, silent) {
  for (const each of parts) each.classList.toggle(SILENT, silent);
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function all(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}
