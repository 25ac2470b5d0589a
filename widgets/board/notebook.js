// @ts-check
/**
 * The board in a notebook cell.
 */

import { enhance } from "./board.js";

/**
 * @typedef {object} BoardModel What anywidget gives of its model, as far as the board uses it.
 * @property {((name: "html") => string) & ((name: "shared") => boolean)} get
 * @property {(name: "selection", ids: string[]) => void} set
 * @property {() => void} save_changes
 * @property {(event: "change:html", heard: () => void) => void} on
 * @property {(event: "change:html", heard: () => void) => void} off
 */

export default {
  /** @param {{model: BoardModel, el: HTMLElement}} context */
  render({ model, el }) {
    /** @type {(() => void) | undefined} */
    let stop;
    function draw() {
      stop?.();
      el.innerHTML = model.get("html"); // drawn by the autoescaped template, nothing else
      const board = /** @type {HTMLElement} */ (el.querySelector(".reperes-board"));
      /** @param {string[]} ids */
      const share = (ids) => {
        model.set("selection", ids);
        model.save_changes();
      };
      stop = enhance(board, model.get("shared") ? share : undefined);
    }
    draw();
    model.on("change:html", draw);
    return () => {
      model.off("change:html", draw);
      stop?.();
    };
  },
};
