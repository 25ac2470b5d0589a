// @ts-check
/**
 * What a live page does besides Voila's front end: say when it is ready, and when the kernel
 * that answers it is gone (Voila itself then goes on as if nothing had happened).
 */

const EVERY = 2000;
/** @typedef {{who: string, remedy: string}} Cut What is silent, and what to do about it. */
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
  let said = null;

  /** @param {Cut | null} cut `null` where all is well. */
  function warn(cut) {
    if (said === cut) return;
    said = cut;
    // A widget that has more to say of it says it in this one's place.
    const detail = cut?.remedy ?? "";
    const event = new CustomEvent("reperes-coupure", { detail, cancelable: true });
    const ours = dispatchEvent(event) && cut;
    notice.textContent = ours
      ? `${ours.who} ne répond plus : ce que vous changez ici n’est plus pris en compte. ${ours.remedy.charAt(0).toUpperCase()}${ours.remedy.slice(1)}.`
      : "";
    notice.hidden = !ours;
  }

  async function look() {
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
  setInterval(look, EVERY);
  page.addEventListener("visibilitychange", () => {
    if (!page.hidden) look();
  });
}

mountLivePage(document);
