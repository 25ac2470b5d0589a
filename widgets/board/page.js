// @ts-check
/**
 * The board in a page.
 */

import { mountBoard } from "./board.js";

for (const board of document.querySelectorAll(".reperes-board:not([data-vivant])")) {
  mountBoard(/** @type {HTMLElement} */ (board));
}
