// @ts-check
/**
 * The workshop in a notebook cell.
 */

import { enhance } from "../board/board.js";
import { leadThrough } from "./workshop.js";

/**
 * @typedef {object} WorkshopModel
 * @property {(name: "html") => string} get
 */

export default {
  /** @param {{model: WorkshopModel, el: HTMLElement}} context */
  render({ model, el }) {
    el.innerHTML = model.get("html"); // drawn by the autoescaped template, nothing else
    const board = /** @type {HTMLElement} */ (el.querySelector(".reperes-board"));
    const stopBoard = enhance(board);
    const stop = leadThrough(/** @type {HTMLElement} */ (el.querySelector(".atelier")));
    return () => {
      stop();
      stopBoard();
    };
  },
};
