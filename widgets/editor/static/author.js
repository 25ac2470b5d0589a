// @ts-check
/**
 * Who saves: a role or initials, which the versions tell. Asked once; it may stay empty.
 */

import { make, makeButton } from "./dom.js";

/**
 * Draw the field that says who saves on this computer.
 *
 * @param {string} author
 * @param {(name: string) => void} sign
 * @param {string} id
 */
export function drawAuthor(author, sign, id) {
  const name = make("input", {
    type: "text",
    id,
    autocomplete: "off",
    maxlength: 60,
    "aria-describedby": `${id}-aide`,
    keydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && sign(name.value),
  });
  name.value = author;
  return make(
    "section",
    {},
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: id }, "Qui enregistre, sur cet ordinateur : "),
      name,
      makeButton("Garder", () => sign(name.value)),
    ),
    make(
      "p",
      { id: `${id}-aide`, class: "formateur-aide" },
      "Un rôle ou des initiales suffisent ; cela peut rester vide. Les versions le diront à qui ouvre cette liste.",
    ),
  );
}

/**
 * Ask once who saves: after the first save on this computer.
 *
 * @param {(name: string) => void} sign
 * @param {string} prefix
 */
export function askAuthor(sign, prefix) {
  const asked = drawAuthor("", sign, `${prefix}-qui`);
  asked.classList.add("formateur-brouillon");
  asked.firstElementChild?.append(makeButton("Ne pas le dire", () => sign("")));
  return asked;
}
