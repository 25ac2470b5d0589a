// @ts-check
/** The print button of a sheet. */

/** @param {ParentNode} root */
function mountSheet(root) {
  for (const button of root.querySelectorAll(".feuille-imprimer")) {
    button.addEventListener("click", () => window.print());
    /** @type {HTMLElement} */ (button).hidden = false;
  }
}

mountSheet(document);
