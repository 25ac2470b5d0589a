// @ts-check
/**
 * The resources: shows what is looked for, says how much that is, and which contacts answer now.
 * What is typed stays in the page and goes with it.
 */

import { follow } from "../board/actions.js";
import { eachMinute, tellAge, tellTime } from "../board/clock.js";
import { plainly } from "../render/normalize.js";

/**
 * Make the resources answer.
 *
 * @param {HTMLElement} root The `.ressources` element.
 * @returns {() => void} Unmounts them: stops the clock and the listeners.
 */
export function mountResources(root) {
  const leaving = new AbortController();
  const { signal } = leaving;
  /** @type {(() => void)[]} */
  const refresh = [];
  for (const part of root.querySelectorAll("[data-recherche]")) {
    refresh.push(filterPart(/** @type {HTMLElement} */ (part), signal));
  }
  const clock = (/** @type {Date} */ now) => {
    tellTime(root, now);
    tellAge(root, now);
    for (const each of refresh) each();
  };
  eachMinute(clock, signal);
  root.addEventListener("click", (event) => follow(root, event), { signal });
  root.dataset.vivant = "";
  return () => {
    leaving.abort();
    delete root.dataset.vivant;
  };
}

/**
 * Tell whether a contact is among those that answer now; one that never closes always is, even
 * where the clock is too wrong to say anything.
 *
 * @param {HTMLElement | null} state
 */
function answersNow(state) {
  return state?.dataset.etat === "ouvert" || !!state?.dataset.ouvertures?.endsWith("|toujours");
}

/** Milliseconds without a key: what is said sooner is cut short by the next key. */
const TYPED = 500;

/**
 * @param {HTMLElement} part
 * @param {AbortSignal} signal
 */
function filterPart(part, signal) {
  const form = /** @type {HTMLFormElement} */ (part.querySelector("form"));
  const count = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const entries = /** @type {HTMLElement[]} */ ([...part.querySelectorAll("[data-entree]")]).map(
    (element) => ({ element, text: plainly(element.textContent ?? "") }),
  );

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saying;

  /** @param {boolean} [say] Whether somebody just asked. */
  function update(say = false) {
    const asked = new FormData(form);
    const wanted = plainly(String(asked.get("mots") ?? ""))
      .split(" ")
      .filter(Boolean);
    const who = String(asked.get("pour") ?? "");
    const open = asked.has("ouvert");
    for (const { element, text } of entries) {
      const state = /** @type {HTMLElement | null} */ (element.querySelector("[data-ouvertures]"));
      element.hidden = !(
        wanted.every((word) => text.includes(word)) &&
        (!who || (element.dataset.pour ?? "").split(" ").includes(who)) &&
        (!open || answersNow(state))
      );
    }
    if (!say) return;
    clearTimeout(saying);
    count.textContent = ""; // so that the same count is said again
    saying = setTimeout(() => {
      const shown = entries.filter(({ element }) => !element.hidden).length;
      count.textContent = counted(shown, entries.length);
    }, TYPED);
  }

  form.addEventListener("input", () => update(true), { signal });
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  form.addEventListener("reset", () => setTimeout(() => update(true)), { signal });
  addEventListener("pagehide", () => form.reset(), { signal });
  form.hidden = false;
  return update;
}

/**
 * @param {number} shown
 * @param {number} all
 */
function counted(shown, all) {
  if (!shown) return "Rien ne correspond. « Tout montrer » revient à la liste entière.";
  return shown === all
    ? `Les ${all} sont affichés.`
    : `${shown} sur ${all} ${shown > 1 ? "sont affichés" : "est affiché"}.`;
}
