// @ts-check
/**
 * The quick exit of every page, which also clears its forms.
 */

/** @param {Document} page */
function mountPage(page) {
  for (const link of page.querySelectorAll(".page-quitter")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      for (const form of page.forms) form.reset();
      // Takes its place in the tab's history; the browser's own history is not ours to clear.
      location.replace(/** @type {HTMLAnchorElement} */ (link).href);
    });
  }
}

mountPage(document);
