// @ts-check
/**
 * The board in a notebook cell.
 */

import { mountBoard } from "./board.js";
import { expandText } from "./parts.js";

/**
 * @typedef {object} BoardModel What anywidget gives of its model, as far as the board uses it.
 * @property {((name: "html") => string) & ((name: "shared") => boolean)} get
 * @property {(message: {selection: string[], drawn?: boolean}) => void} send
 * @property {On} on
 * @property {On} off
 *
 * @typedef {((event: "change:html", handler: () => void) => void)
 *   & ((event: "msg:custom", handler: (message: {selection: string[]}) => void) => void)} On
 */

/**
 * Tick these boxes of a board, and no other, as a person would.
 *
 * @param {HTMLElement} board
 * @param {string[]} ids
 */
function tick(board, ids) {
  /** @type {HTMLInputElement | undefined} */
  let last;
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (
    board.querySelectorAll("input[value]")
  )) {
    if (box.checked === ids.includes(box.value)) continue;
    box.checked = !box.checked;
    last = box;
  }
  last?.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * @param {HTMLElement} board
 * @returns {string[]} What is ticked on it.
 */
function ticked(board) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
    board.querySelectorAll("input[value]:checked")
  );
  return [...boxes].map((box) => box.value);
}

/** @type {WeakMap<HTMLInputElement, boolean>} What presses make of boxes, until it is done. */
const pressed = new WeakMap();

/**
 * Tick or untick a box at a press by `change` alone, without `input`.
 *
 * At `input` Firefox writes all fields of a page into its session. Ours are in none; those of
 * JupyterLab are, and would tell that something was ticked.
 *
 * @param {MouseEvent} event A press, of a pointer or of the space bar, on a box or its label.
 */
function tickQuietly(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  event.preventDefault();
  const waiting = pressed.get(box);
  pressed.set(box, waiting === undefined ? box.checked : !waiting);
  // Once the event is over, the box is put back to what it was before.
  setTimeout(() => {
    const checked = pressed.get(box);
    pressed.delete(box);
    if (checked === undefined || checked === box.checked) return;
    box.checked = checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/** Called once for a board in Python, however many times it is shown. */
export default () => {
  /** @type {Map<HTMLElement, (ids: string[]) => void>} Where it is shown, if shared: they agree. */
  const shown = new Map();
  return {
    /** @param {{model: BoardModel, el: HTMLElement}} context */
    render({ model, el }) {
      /** @type {(() => void) | undefined} */
      let unmount;
      let updating = false; // Python is not sent its own selection back
      /** @param {string[]} ids */
      function show(ids) {
        const board = el.querySelector(".reperes-board");
        if (!(board instanceof HTMLElement) || !model.get("shared")) return;
        updating = true;
        tick(board, ids);
        updating = false;
      }
      /** @param {{selection: string[]}} message */
      const receive = ({ selection }) => show(selection);
      /** @param {string[]} selection */
      function share(selection) {
        if (updating) return;
        for (const [other, follow] of shown) if (other !== el) follow(selection);
        model.send({ selection }); // in no state, which a notebook may save
      }
      function remove() {
        unmount?.();
        shown.delete(el);
      }
      function draw() {
        remove();
        el.innerHTML = model.get("html"); // drawn by the autoescaped template, nothing else
        const board = /** @type {HTMLElement} */ (el.querySelector(".reperes-board"));
        const shared = model.get("shared");
        if (shared) expandText(board); // what Python selects is ticked behind any door
        updating = true;
        unmount = mountBoard(board, shared ? share : undefined);
        updating = false;
        if (!shared) return;
        const [first] = shown.keys();
        shown.set(el, show);
        if (first) show(ticked(first));
        else model.send({ selection: [], drawn: true });
      }
      draw();
      el.addEventListener("click", tickQuietly);
      model.on("change:html", draw);
      model.on("msg:custom", receive);
      return () => {
        el.removeEventListener("click", tickQuietly);
        model.off("change:html", draw);
        model.off("msg:custom", receive);
        remove();
      };
    },
  };
};
