// @ts-check
/**
 * The live preview beside the form: the real board, drawn anew where it changed; what is
 * ticked and open in it stays.
 */

import { mountBoard } from "../../board/board.js";
import { expandText } from "../../board/parts.js";
import { sayingOne } from "./said.js";

/** Kinds that the board has a place for, from the moment they are whole. */
const PLACED = ["signe", "situation", "conseil", "service", "moment"];

/**
 * @param {HTMLElement} container Where to draw it.
 * @param {HTMLElement} panel What scrolls, around it.
 * @param {(ids: string[], words: string) => void} open Open the field that says a sentence.
 */
export function openPreview(container, panel, open) {
  let drawn = "";
  /** @type {(() => void) | null} */
  let unmount = null;

  const board = () => /** @type {HTMLElement | null} */ (container.querySelector(".reperes-board"));
  const boxes = () =>
    /** @type {NodeListOf<HTMLInputElement>} */ (container.querySelectorAll("input[value]"));
  const ticked = () => [...boxes()].filter((box) => box.checked).map((box) => box.value);

  /** @param {string[]} ids */
  function tick(ids) {
    for (const box of boxes()) box.checked = ids.includes(box.value);
    board()?.querySelector("form")?.dispatchEvent(new Event("change"));
  }

  /**
   * Have an entry shown: tick what calls it, or open the door that does, besides what hides it.
   *
   * @param {HTMLElement} entry
   */
  function call(entry) {
    const { quand = "toujours", sauf = "" } = entry.dataset;
    if (entry.hidden && quand !== "toujours") {
      const hides = sauf.split(" ");
      const others = ticked().filter((id) => !hides.includes(id));
      const first = quand.split(" ").find((id) => !hides.includes(id)) ?? "";
      const door = container.querySelector(`[data-moment="${CSS.escape(first)}"] > details`);
      if (door instanceof HTMLDetailsElement) door.open = true;
      tick(door ? others : [...others, first]);
    }
    // What is always useful waits for somebody to ask for it, where nothing is chosen.
    if (entry.closest(".reperes-board:not([data-reponse]) .reperes-reponse"))
      /** @type {HTMLElement | null} */ (container.querySelector(".reperes-tout"))?.click();
  }

  /**
   * Mark an entry, and only it.
   *
   * @param {string} kind
   * @param {string} id
   * @returns {HTMLElement | null} Its element, if it is in the page.
   */
  function mark(kind, id) {
    const entry = /** @type {HTMLElement | null | undefined} */ (
      kind === "signe" || kind === "situation"
        ? container.querySelector(`input[value="${CSS.escape(id)}"]`)?.closest("label")
        : container.querySelector(`[data-${CSS.escape(kind)}="${CSS.escape(id)}"]`)
    );
    for (const old of container.querySelectorAll(".formateur-ici"))
      old.classList.remove("formateur-ici");
    entry?.classList.add("formateur-ici");
    return entry ?? null;
  }

  container.addEventListener("click", (event) => openSentence(event, open), { capture: true });
  container.addEventListener("keydown", (event) => openSentence(event, open), { capture: true });

  return {
    ticked,
    tick,
    mark,
    /** @param {string} html Drawn by the autoescaped template, nothing else. */
    draw(html) {
      if (html === drawn) return;
      const last = drawn;
      drawn = html;
      if (redrawRow(container, last, html)) return;
      const before = ticked();
      const opened = openOnes(container);
      const { scrollTop } = panel;
      unmount?.();
      container.innerHTML = html;
      const now = board();
      if (now) expandText(now); // any entry of it may be edited
      for (const box of boxes()) box.checked = before.includes(box.value);
      openAgain(container, opened);
      unmount = now && mountBoard(now);
      panel.scrollTop = scrollTop;
    },
    /**
     * Bring an entry into sight, ticking what triggers it where nothing does yet.
     *
     * @param {string} kind
     * @param {string} id
     * @param {string[]} texts What it says: of no use to what the page has a place for.
     */
    show(kind, id, texts) {
      const entry = mark(kind, id) ?? (PLACED.includes(kind) ? null : sayingOne(container, texts));
      if (!entry) return;
      entry.classList.add("formateur-ici");
      call(entry);
      for (let up = entry.parentElement; up && up !== container; up = up.parentElement) {
        if (up instanceof HTMLDetailsElement) up.open = true;
      }
      const inside = entry.getBoundingClientRect().top - panel.getBoundingClientRect().top;
      panel.scrollTop += inside - panel.clientHeight / 4; // its own panel, never the page
    },
    close: () => unmount?.(),
  };
}

/**
 * Draw anew the one row whose words changed, where nothing else did: a long page takes a second.
 *
 * @param {HTMLElement} container
 * @param {string} last What is drawn.
 * @param {string} html Drawn by the autoescaped template, nothing else.
 * @returns {boolean} Whether that was all there is to draw.
 */
function redrawRow(container, last, html) {
  const [start, end] = changedIn(last, html);
  const opens = last.lastIndexOf(ROW, start);
  const closes = last.indexOf(ROW_END, last.length - end);
  if (opens < 0 || closes < 0) return false;
  const both = [last.slice(opens, closes), html.slice(opens, html.length - last.length + closes)];
  if (both.some((each) => each.lastIndexOf("<div") !== 0 || each.includes(ROW_END))) return false;
  const [was, now] = both.map((each) => {
    const template = document.createElement("template");
    template.innerHTML = `${each}${ROW_END}`;
    return template.content;
  });
  const id = now?.querySelector("input")?.value ?? "";
  const [box, ...others] = container.querySelectorAll(`input[value="${CSS.escape(id)}"]`);
  const row = box?.closest(".reperes-ligne");
  const same = was?.querySelector("input")?.value === id && !others.length;
  if (!now || !row || !same || now.querySelector("[data-quand]")) return false;
  if (row.querySelector(":checked, :focus")) return false; // what is ticked is told elsewhere too
  openAgain(now, openOnes(row));
  row.replaceWith(now);
  return true;
}

const ROW = '<div class="reperes-ligne">';
const ROW_END = "</div>";

/**
 * Return how much two texts say alike at their start, and at their end.
 *
 * @param {string} one
 * @param {string} other
 * @returns {[number, number]}
 */
function changedIn(one, other) {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end])
    end += 1;
  return [start, end];
}

/**
 * Open the parts that were open, and close the others.
 *
 * @param {ParentNode} container
 * @param {Set<number>} opened By their place.
 */
function openAgain(container, opened) {
  for (const [index, details] of container.querySelectorAll("details").entries())
    details.open = opened.has(index);
}

/**
 * Return which of the parts that open are open, by their place.
 *
 * @param {ParentNode} container
 */
function openOnes(container) {
  const all = [...container.querySelectorAll("details")];
  return new Set(all.flatMap((details, index) => (details.open ? [index] : [])));
}

const SENTENCE = [
  ...["p", "li", "dt", "dd", "th", "td", "label", "h1", "h2", "h3", "h4", "h5"],
  ...["summary", "figcaption", "legend"],
].join();
const DOES_SOMETHING = ["button", "input", "select", "textarea", "summary"].join();

/**
 * Open the field that says the sentence one clicks on, or on which F2 is pressed: what folds,
 * copies or is ticked goes on doing so.
 *
 * @param {Event} event
 * @param {(ids: string[], words: string) => void} open
 */
export function openSentence(event, open) {
  const at = event.target;
  if (!(at && "closest" in at)) return; // in a frame, elements are of another window
  const target = /** @type {Element} */ (at);
  const asked =
    event.type === "click"
      ? !target.closest(DOES_SOMETHING) && !wasSelecting(target)
      : /** @type {KeyboardEvent} */ (event).key === "F2";
  const sentence = target.closest("label, a") ?? target.closest(SENTENCE) ?? target;
  const words = (sentence.textContent ?? "").replace(/\s+/g, " ").trim();
  if (!asked || !words) return;
  event.preventDefault();
  event.stopPropagation();
  open(idsAround(sentence), words);
}

/** @param {Element} target Whether a person has just selected words of it, to copy them. */
function wasSelecting(target) {
  const selection = target.ownerDocument.getSelection();
  return Boolean(selection && !selection.isCollapsed && selection.containsNode(target, true));
}

/**
 * Return the ids of what is around an element, nearest first.
 *
 * @param {Element} element
 */
function idsAround(element) {
  /** @type {string[]} */
  const ids = [];
  const box = element.closest(".reperes-ligne, label")?.querySelector("input[value]");
  if (box) ids.push(box.getAttribute("value") ?? "");
  for (let up = /** @type {Element | null} */ (element); up; up = up.parentElement)
    for (const kind of ["conseil", "service", "moment"])
      if (up.hasAttribute(`data-${kind}`)) ids.push(up.getAttribute(`data-${kind}`) ?? "");
  return ids;
}
