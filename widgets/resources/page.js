// @ts-check
/**
 * The resources in a page.
 */

import { mountResources } from "./resources.js";

for (const root of document.querySelectorAll(".ressources:not([data-vivant])")) {
  mountResources(/** @type {HTMLElement} */ (root));
}
