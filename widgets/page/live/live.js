// @ts-check
/**
 * What a live page does besides Voila's front end: say when it is ready, and when the kernel
 * that answers it is gone (Voila itself then goes on as if nothing had happened).
 */

const EVERY = 2000;
const GONE =
  "Cette page ne répond plus : ce que vous changez ici n’est plus pris en compte. Rechargez la page.";
const STOPPED =
  "Repères ne répond plus : ce que vous changez ici n’est plus pris en compte. Relancez Repères, puis ouvrez l’adresse qu’il affiche.";

const alert = /** @type {HTMLElement} */ (document.getElementById("reperes-coupure"));
const config = JSON.parse(
  /** @type {HTMLElement} */ (document.getElementById("jupyter-config-data")).textContent ?? "{}",
);

/** @param {string} text */
function warn(text) {
  if (alert.textContent === text) return;
  alert.textContent = text;
  alert.hidden = text === "";
}

async function look() {
  try {
    const answer = await fetch(`${config.baseUrl}api/kernels/${config.kernelId}`, {
      cache: "no-store",
    });
    const kernel = answer.ok ? await answer.json() : null;
    warn(kernel && kernel.execution_state !== "dead" ? "" : GONE);
  } catch {
    warn(STOPPED);
  }
}

/** The names that Voila's front end calls when it has drawn everything. */
const page = /** @type {Window & {voila_finish?: () => void, cellLoaded?: boolean}} */ (window);
page.cellLoaded = true;
page.voila_finish = () => undefined;
document.querySelector(".page-attente")?.remove();
setInterval(look, EVERY);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});
