// @ts-check
/**
 * Adding an entry by its first words.
 */

import { make, makeButton, setText } from "./dom.js";

/**
 * @param {string} prefix Of the ids of its elements.
 * @param {(words: string) => void} add
 * @param {string} label
 */
export function makeAddForm(prefix, add, label) {
  const title = make("input", {
    type: "text",
    id: `${prefix}-ajouter`,
    autocomplete: "off",
    "aria-describedby": `${prefix}-ajouter-aide`,
    keydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && press(),
  });
  const missing = make("p", {
    class: "formateur-aide",
    id: `${prefix}-ajouter-aide`,
    role: "status",
  });
  const element = make(
    "details",
    { class: "formateur-ajout" },
    make("summary"),
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: `${prefix}-ajouter` }, label),
      title,
      makeButton("Ajouter", press),
    ),
    missing,
  );

  function press() {
    const words = title.value.trim();
    setText(missing, words ? "" : "Écrivez d’abord les mots de la nouvelle entrée.");
    if (!words) return title.focus();
    add(words);
    title.value = "";
    element.open = false;
  }

  return {
    element,
    /** @param {string} one What one adds; nothing where nothing can be. */
    set(one) {
      element.hidden = !one;
      setText(element.firstElementChild, `Ajouter ${one}`);
    },
  };
}
