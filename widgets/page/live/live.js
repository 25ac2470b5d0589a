// @ts-check
/**
 * A live page, besides Voila's front end: signal when it is ready, and when its kernel is
 * gone (Voila itself then goes on as if nothing had happened).
 */

const CHECK_INTERVAL = 2000;
/** @typedef {{who: string, remedy: string}} Cut What no longer answers, and what to do about it. */
const GONE = { who: "Cette page", remedy: "rechargez la page" };
const STOPPED = {
  who: "Repères",
  remedy: "relancez Repères, puis ouvrez l’adresse qu’il affiche",
};

/**
 * Watch the kernel of a live page, from when Voila's front end has drawn everything.
 *
 * @param {Document} page
 */
function mountLivePage(page) {
  const notice = /** @type {HTMLElement} */ (page.getElementById("reperes-coupure"));
  const config = JSON.parse(
    /** @type {HTMLElement} */ (page.getElementById("jupyter-config-data")).textContent ?? "{}",
  );

  /** @type {Cut | null} */
  let current = null;

  /** @param {Cut | null} cut `null` where all is well. */
  function warn(cut) {
    if (current === cut) return;
    current = cut;
    // A widget that can say more handles the event and shows its own notice.
    const detail = cut?.remedy ?? "";
    const event = new CustomEvent("reperes-coupure", { detail, cancelable: true });
    const unhandled = dispatchEvent(event) && cut;
    notice.textContent = unhandled
      ? `${unhandled.who} ne répond plus : ce que vous changez ici n’est plus pris en compte. ${unhandled.remedy.charAt(0).toUpperCase()}${unhandled.remedy.slice(1)}.`
      : "";
    notice.hidden = !unhandled;
  }

  async function checkKernel() {
    try {
      const answer = await fetch(`${config.baseUrl}api/kernels/${config.kernelId}`, {
        cache: "no-store",
      });
      const kernel = answer.ok ? await answer.json() : null;
      warn(kernel && kernel.execution_state !== "dead" ? null : GONE);
    } catch {
      warn(STOPPED);
    }
  }

  /** The names that Voila's front end calls when it has drawn everything. */
  const front = /** @type {Window & {voila_finish?: () => void, cellLoaded?: boolean}} */ (window);
  front.cellLoaded = true;
  front.voila_finish = () => undefined;
  page.querySelector(".page-attente")?.remove();
  setInterval(checkKernel, CHECK_INTERVAL);
  page.addEventListener("visibilitychange", () => {
    if (!page.hidden) checkKernel();
  });
}

mountLivePage(document);
