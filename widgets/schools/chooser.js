// @ts-check
/**
 * The page to choose a school: its search looks through what is in the page.
 */

import { findSchools, schoolWords } from "./search.js";

const SHOWN = 30;
const SHORTEST = 2;

/** @param {HTMLElement} root The `.etablissements` element. */
function mountChooser(root) {
  /** @param {string} selector */
  const one = (selector) => /** @type {HTMLElement} */ (root.querySelector(selector));
  const form = /** @type {HTMLFormElement} */ (one("form"));
  const field = /** @type {HTMLInputElement} */ (one("input"));
  const all = one(".etablissements-tous");
  const found = one(".etablissements-trouves");
  const schools = [...all.querySelectorAll("h2 + ul > li")].map((row) => ({
    row,
    words: schoolWords(row.textContent ?? ""),
  }));

  function search() {
    const typed = field.value.trim();
    const searching = typed.length >= SHORTEST;
    all.hidden = searching;
    found.replaceChildren();
    if (!searching) {
      one("[role=status]").textContent = "";
      return;
    }
    const fitting = findSchools(schools, typed);
    found.append(...fitting.found.slice(0, SHOWN).map(({ row }) => row.cloneNode(true)));
    one("[role=status]").textContent = counted(fitting.found.length, fitting.nearly);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [link, second] = found.querySelectorAll("a");
    if (link && !second) link.click();
    else link?.focus();
  });
  form.addEventListener("input", search);
  // Nothing is left for the next person, not even by the Back button.
  addEventListener("pagehide", () => {
    form.reset();
    search();
  });
  form.hidden = false;
}

/**
 * @param {number} count
 * @param {boolean} nearly
 */
function counted(count, nearly) {
  if (!count) return "Aucun établissement ne correspond. Essayez sa commune seule.";
  if (nearly) return "Rien ne s’écrit exactement ainsi. Voici ce qui y ressemble.";
  if (count > SHOWN) return `${count} établissements ; voici les ${SHOWN} premiers. Précisez.`;
  return count > 1 ? `${count} établissements.` : "1 établissement.";
}

for (const root of document.querySelectorAll(".etablissements"))
  mountChooser(/** @type {HTMLElement} */ (root));
