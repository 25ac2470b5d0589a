// @ts-check
/** A sheet's one button: print it. */

for (const button of document.querySelectorAll(".feuille-imprimer")) {
  button.addEventListener("click", () => window.print());
  /** @type {HTMLElement} */ (button).hidden = false;
}
