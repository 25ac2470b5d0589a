// @ts-check
/**
 * The resources: search, filters, and which contacts are open now. What is typed never leaves
 * the page.
 */

import { followLink } from "../board/actions.js";
import { eachMinute, showOverdue, showOpenings } from "../board/clock.js";
import { forgetSaved, setMounted } from "../render/mounting.js";
import { makeSearch, searchableText } from "../render/normalize.js";

/**
 * Mount the resources: attach their listeners and their clock.
 *
 * @param {HTMLElement} root The `.ressources` element.
 * @returns {() => void} Unmounts them: stops the clock and the listeners.
 */
export function mountResources(root) {
  forgetSaved(root);
  const controller = new AbortController();
  const { signal } = controller;
  /** @type {(() => void)[]} */
  const refresh = [];
  for (const part of root.querySelectorAll("[data-recherche]")) {
    refresh.push(filterPart(/** @type {HTMLElement} */ (part), signal));
  }
  const clock = (/** @type {Date} */ now) => {
    showOpenings(root, now);
    showOverdue(root, now);
    for (const each of refresh) each();
  };
  eachMinute(clock, signal);
  root.addEventListener("click", (event) => followLink(root, event), { signal });
  setMounted(root, true);
  return () => {
    controller.abort();
    setMounted(root, false);
  };
}

/**
 * Tell whether a contact is among those that answer now; one that never closes always is, even
 * where the clock is too wrong to say anything.
 *
 * @param {HTMLElement | null} state
 */
function isOpenNow(state) {
  return state?.dataset.etat === "ouvert" || !!state?.dataset.ouvertures?.endsWith("|toujours");
}

/**
 * Return what finds a telephone number, however it is typed: spaces, dots, +33.
 *
 * @param {string} typed
 * @returns {{digits: string, pattern: RegExp} | null} Nothing if that is no number.
 */
function phoneNumber(typed) {
  const [, abroad, digits] =
    /^((?:\+|00)330?)?(\d+)$/.exec(typed.replace(/[\s.\-/()]+/g, "")) ?? [];
  return digits ? { digits, pattern: new RegExp(`^${abroad ? "0?" : ""}${digits}`) } : null;
}

/** Milliseconds without a key: an earlier announcement is cut short by the next key. */
const TYPING_PAUSE = 500;

/**
 * @param {HTMLElement} part
 * @param {AbortSignal} signal
 */
function filterPart(part, signal) {
  const form = /** @type {HTMLFormElement} */ (part.querySelector("form"));
  const count = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const reset = /** @type {HTMLElement | null} */ (form.querySelector("[type=reset]"));
  const entries = /** @type {HTMLElement[]} */ ([...part.querySelectorAll("[data-entree]")]).map(
    (element) => ({
      element,
      text: searchableText(element.textContent ?? ""),
      numbers: [...element.querySelectorAll("a[href^='tel:'], a[href^='sms:']")].map((link) =>
        /** @type {HTMLAnchorElement} */ (link).href.slice(4),
      ),
    }),
  );

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let announcing;

  /** @param {boolean} [announce] Whether to announce the count: somebody just searched. */
  function update(announce = false) {
    const data = new FormData(form);
    const typed = String(data.get("mots") ?? "");
    const number = phoneNumber(typed);
    const isWanted = makeSearch(typed);
    const who = String(data.get("pour") ?? "");
    const open = data.has("ouvert");
    if (reset) reset.hidden = !typed.trim() && !who && !open;
    for (const { element, text, numbers } of entries) {
      const state = /** @type {HTMLElement | null} */ (element.querySelector("[data-ouvertures]"));
      element.hidden = !(
        (number
          ? text.includes(number.digits) || numbers.some((each) => number.pattern.test(each))
          : isWanted(text)) &&
        (!who || (element.dataset.pour ?? "").split(" ").includes(who)) &&
        (!open || isOpenNow(state))
      );
    }
    if (!announce) return;
    clearTimeout(announcing);
    count.textContent = ""; // so that the same count is announced again
    announcing = setTimeout(() => {
      const shown = entries.filter(({ element }) => !element.hidden).length;
      count.textContent = countMessage(shown, entries.length);
    }, TYPING_PAUSE);
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
function countMessage(shown, all) {
  if (!shown) return "Rien ne correspond. « Tout montrer » revient à la liste entière.";
  return shown === all
    ? `Les ${all} sont affichés.`
    : `${shown} sur ${all} ${shown > 1 ? "sont affichés" : "est affiché"}.`;
}
