// @ts-check
/**
 * In a frame, the site around may forbid to print and to open a tab, and browsers then do nothing:
 * the page says what to do.
 */

/** @param {Document} page */
export function connectFrame(page) {
  if (window === window.top) return;
  const advice = page.createElement("span");
  advice.className = "page-avis";
  advice.setAttribute("role", "status");
  let printing = false;
  addEventListener("beforeprint", () => {
    printing = true;
  });
  page.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target);
    const button = pressed.closest("[class*=-imprimer]");
    const link = /** @type {HTMLAnchorElement | null} */ (pressed.closest("a[target=_blank]"));
    let text = "";
    if (button && !printing) {
      const here = /^http/.test(location.href) ? ` : ${location.href}` : ".";
      text = `Rien ne s’imprime ? Ouvrez cette page seule, dans un onglet${here}`;
    }
    printing = false;
    if (link) {
      event.preventDefault();
      const tab = window.open();
      if (tab) {
        tab.location.replace(link.href);
        tab.opener = null; // afterwards: in a sandbox, only its opener may lead it anywhere
      } else text = `Ce cadre bloque les liens. Ouvrez dans un onglet : ${link.href}`;
    }
    if (!text) return;
    (button ?? link)?.parentElement?.append(advice);
    setTimeout(() => {
      advice.textContent = text;
    });
  });
}
