// @ts-check
/**
 * « Quitter »: what is on screen goes at once, then the tab leaves. Three presses of Shift do the
 * same: it is no character, and nothing is lost that was typed, as in a field they do nothing.
 */

import { isTyping } from "./keyboard.js";

const PRESSES = 3;
const WITHIN = 5000; // milliseconds
const ONE_TURN = 200; // milliseconds: a wheel, or fingers that let go of it, sends more within
const BLANK = "about:blank";
const ERASE = "Effacer";
const UNFOLDED = "details[open], dialog[open]";

/** @param {Document} page */
export function connectExit(page) {
  const link = /** @type {HTMLAnchorElement | null} */ (page.querySelector(".page-quitter"));
  if (!link) return;
  if (!mayLeave()) link.textContent = ERASE;
  const unfolded = new Set(page.querySelectorAll(UNFOLDED));
  /** @param {Event} event A press, of the middle button too. */
  const leave = (event) => {
    if (event.type === "auxclick" && /** @type {MouseEvent} */ (event).button !== 1) return;
    event.preventDefault();
    quit(page, link, unfolded);
  };
  for (const press of ["click", "auxclick"]) link.addEventListener(press, leave);
  /** @type {number[]} When Shift was pressed, with no other key since. */
  let presses = [];
  page.addEventListener("pointerdown", () => {
    presses = [];
  });
  let turned = Number.NEGATIVE_INFINITY;
  // With Shift, a wheel moves an enlarged page sideways; a page that still glides is no such turn.
  page.addEventListener(
    "wheel",
    ({ shiftKey, timeStamp }) => {
      if (shiftKey && timeStamp - turned > ONE_TURN) presses = [];
      turned = timeStamp;
    },
    { passive: true },
  );
  page.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const { key, timeStamp, altKey, ctrlKey, metaKey } = event;
    if (key !== "Shift" || altKey || ctrlKey || metaKey || isTyping(event)) {
      presses = [];
      return;
    }
    presses = [...presses.filter((each) => timeStamp - each < WITHIN), timeStamp];
    if (presses.length < PRESSES) return;
    presses = [];
    quit(page, link, unfolded);
  });
}

/** Return whether this page may leave with its whole tab: a frame may be told not to. */
function mayLeave() {
  if (window === window.top) return true;
  const frame = /** @type {HTMLIFrameElement | null} */ (window.frameElement); // of our own site
  const allowed = frame?.getAttribute("sandbox")?.split(" ");
  if (allowed) return allowed.some((each) => /^allow-top-navigation(-by-|$)/.test(each));
  return self.origin !== "null" || location.protocol === "file:";
}

/**
 * Empty the page, then leave in its place in the tab's history: the browser's own is not ours to
 * clear. A frame takes the whole tab along; where it may not, the page comes back as it was at first.
 *
 * @param {Document} page
 * @param {HTMLAnchorElement} link
 * @param {Set<Element>} unfolded What was at first.
 */
function quit(page, link, unfolded) {
  const { title } = page;
  const content = [...page.body.childNodes];
  for (const form of page.forms) form.reset();
  page.body.replaceChildren();
  page.title = "";
  try {
    if (!mayLeave()) throw new Error("confined");
    (window.top ?? window).location.replace(destination(link));
  } catch {
    page.body.replaceChildren(...content);
    for (const each of /** @type {NodeListOf<HTMLDetailsElement>} */ (
      page.querySelectorAll(UNFOLDED)
    ))
      if (!unfolded.has(each)) each.open = false;
    scrollTo(0, 0);
    page.title = title;
    link.textContent = ERASE;
    /** @type {HTMLElement} */ (page.querySelector(".page-cache button") ?? link).focus();
  }
}

/**
 * Return where a link leads; to a blank page where no browser can read its address. Whatever a
 * school wrote, nobody is kept here by it.
 *
 * @param {HTMLAnchorElement} link
 */
function destination({ href }) {
  try {
    return new URL(href).href;
  } catch {
    return BLANK;
  }
}

// What was emptied and kept by the browser is made anew for who comes back to it.
addEventListener("pageshow", (event) => {
  if (event.persisted && !document.body.childElementCount) location.reload();
});
