// @ts-check
/**
 * The workshop in a notebook cell.
 */

import { mountWorkshop } from "./workshop.js";

/**
 * @typedef {object} WorkshopModel
 * @property {(name: "html") => string} get
 */

export default {
  /** @param {{model: WorkshopModel, el: HTMLElement}} context */
  render({ model, el }) {
    el.innerHTML = model.get("html"); // drawn by the autoescaped template, nothing else
    return mountWorkshop(/** @type {HTMLElement} */ (el.querySelector(".atelier")));
  },
};
