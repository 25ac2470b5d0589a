// @ts-check
/**
 * The resources in a page.
 */

import { isMounted } from "../render/mounting.js";
import { mountResources } from "./resources.js";

for (const root of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll(".ressources")
)) {
  if (!isMounted(root)) mountResources(root);
}
