// @ts-check
/**
 * The workshop in a page.
 */

import { isMounted } from "../render/mounting.js";
import { mountWorkshop } from "./workshop.js";

for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".atelier"))) {
  if (!isMounted(root)) mountWorkshop(root);
}
