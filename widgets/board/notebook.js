/**
 * The board in a notebook cell. Comes after the text of board.js, in one module.
 */

export default {
  /** @param {{model: any, el: HTMLElement}} context */
  render({ model, el }) {
    let stop = () => {};
    function draw() {
      stop();
      el.innerHTML = model.get("html"); // drawn by the autoescaped template, nothing else
      const board = /** @type {HTMLElement} */ (el.querySelector(".reperes-board"));
      /** @param {string[]} ids */
      const share = (ids) => {
        model.set("selection", ids);
        model.save_changes();
      };
      stop = enhance(board, model.get("shared") ? share : undefined);
    }
    draw();
    model.on("change:html", draw);
    return () => stop();
  },
};
