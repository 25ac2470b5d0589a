// @ts-check
/**
 * The booklet in a notebook cell: nothing in it moves.
 */

/**
 * @typedef {object} BookletModel
 * @property {(name: "html") => string} get
 */

export default {
  /** @param {{model: BookletModel, el: HTMLElement}} context */
  render({ model, el }) {
    el.innerHTML = model.get("html"); // drawn by the autoescaped template, nothing else
  },
};
