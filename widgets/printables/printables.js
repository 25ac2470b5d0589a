// @ts-check
/** A sheet's one button: print it. */

/** @param {ParentNode} root */
function mountSheet(root) {
  for (const button of root.querySelectorAll(".feuille-imprimer")) {
    button.addEventListener("click", () => window.print());
    /** @type {HTMLElement} */ (button).hidden = false;
  }
}

mountSheet(document);
