/**
 * What a learning platform offers a lesson (SCORM 1.2).
 * @typedef {object} Platform
 * @property {(empty: string) => string} LMSInitialize
 * @property {(name: string) => string} LMSGetValue
 * @property {(name: string, value: string) => string} LMSSetValue
 * @property {(empty: string) => string} LMSCommit
 * @property {(empty: string) => string} LMSFinish
 */

const STATUS = "cmi.core.lesson_status";
const DONE = ["completed", "passed"];
const DEEPEST = 10;

/**
 * Find the platform among the windows around this one.
 * @param {Window | null} start
 * @returns {Platform | undefined}
 */
function platformFrom(start) {
  let level = start;
  for (let depth = 0; level && depth < DEEPEST; depth += 1) {
    try {
      const found = /** @type {{ API?: Platform }} */ (/** @type {unknown} */ (level)).API;
      if (found) return found;
    } catch {
      return undefined; // a window of another site
    }
    if (level.parent === level) return undefined;
    level = level.parent;
  }
  return undefined;
}

/**
 * Say what the platform knows; tell it, when one asks, that the workshop is done, and no more.
 * @param {Document} page
 * @param {Platform | undefined} platform
 */
function mountLaunch(page, platform) {
  const state = page.querySelector("[data-etat]");
  const button = page.querySelector("button");
  if (!(state && button)) return;
  /** @param {string} words */
  const say = (words) => {
    state.textContent = words;
  };
  if (platform?.LMSInitialize("") !== "true") {
    say("La plateforme n’est pas là : rien ne lui est dit. L’atelier marche sans elle.");
    return;
  }
  const before = platform.LMSGetValue(STATUS);
  if (DONE.includes(before)) {
    say("La plateforme sait déjà que vous avez suivi l’atelier.");
  } else {
    // Said now: a lesson that says nothing is done as soon as it is closed.
    platform.LMSSetValue(STATUS, "incomplete");
    say("La plateforme ne sait rien de ce que vous cochez. Quand vous aurez fini :");
    button.hidden = false;
  }
  button.addEventListener("click", () => {
    const told =
      platform.LMSSetValue(STATUS, "completed") === "true" && platform.LMSCommit("") === "true";
    button.hidden = told;
    say(
      told
        ? "C’est dit : vous avez suivi l’atelier. La plateforme ne sait rien d’autre."
        : "La plateforme n’a pas répondu. Réessayez, ou prévenez la personne qui anime.",
    );
  });
  window.addEventListener("pagehide", () => platform.LMSFinish(""), { once: true });
}

mountLaunch(document, platformFrom(window) ?? platformFrom(window.opener));
