// @ts-check
/**
 * What every page does: leave quickly, and leave nothing behind in it.
 */

for (const link of document.querySelectorAll(".page-quitter")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const form of document.forms) form.reset();
    // Takes this page's place in the tab's history; the browser's own history is not ours to clear.
    location.replace(/** @type {HTMLAnchorElement} */ (link).href);
  });
}
