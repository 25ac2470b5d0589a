// @ts-check
/**
 * The board in a page.
 */

import { isMounted } from "../render/mounting.js";
import { mountBoard } from "./board.js";

for (const board of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll(".reperes-board")
)) {
  if (!isMounted(board)) mountBoard(board);
}
