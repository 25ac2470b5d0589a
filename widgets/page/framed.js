// @ts-check
/**
 * In a frame, the site around may forbid to print, to open a tab and to call, and browsers then do
 * nothing: the page says what to do.
 */

/** @type {Record<string, string>} */
const BY_HAND = {
  tel: "composez sur un téléphone le",
  sms: "envoyez un SMS au",
  mailto: "écrivez à",
};

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
    const link = pressed.closest("a");
    const address = link?.href ?? "";
    const [, scheme, whom = ""] = /^(tel|sms|mailto):(.*)/.exec(address) ?? [];
    let text = "";
    if (button && !printing) {
      const here = /^http/.test(location.href) ? ` : ${location.href}` : ".";
      text = `Rien ne s’imprime ? Ouvrez cette page seule, dans un onglet${here}`;
    }
    printing = false;
    if (scheme) {
      const number = whom.replace(/^0\d{9}$/, (digits) => digits.replace(/\B(?=(\d\d)+$)/g, " "));
      text = `Si rien ne se passe, ${BY_HAND[scheme]} ${number}.`;
    } else if (link?.target === "_blank") {
      event.preventDefault();
      const tab = opened();
      if (tab) {
        tab.location.replace(address);
        tab.opener = null; // afterwards: in a sandbox, only its opener may lead it anywhere
      } else text = `Ce cadre bloque les liens. Ouvrez dans un onglet : ${address}`;
    }
    if (!text) return;
    (pressed.closest("header > div") ?? (button ?? link)?.parentElement)?.append(advice);
    setTimeout(() => {
      advice.textContent = text;
    });
  });
}

/** A tab; nothing where the frame forbids it: Firefox then raises. */
function opened() {
  try {
    return window.open();
  } catch {
    return null;
  }
}
