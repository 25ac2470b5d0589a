// @ts-check
/**
 * The workshop in a page.
 */

import { mountWorkshop } from "./workshop.js";

for (const root of document.querySelectorAll(".atelier:not([data-vivant])")) {
  mountWorkshop(/** @type {HTMLElement} */ (root));
}
