// @ts-check
/**
 * The resources in a notebook cell.
 */

import { mountResources } from "./resources.js";

/**
 * @typedef {object} ResourcesModel
 * @property {(name: "html") => string} get
 */

export default {
  /** @param {{model: ResourcesModel, el: HTMLElement}} context */
  render({ model, el }) {
    el.innerHTML = model.get("html"); // drawn by the autoescaped template, nothing else
    return mountResources(/** @type {HTMLElement} */ (el.querySelector(".ressources")));
  },
};
