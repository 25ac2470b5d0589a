// @ts-check
/**
 * The guided tour: five steps, each next to the part it describes.
 */

import { make, makeButton, makePrimaryButton, setText } from "./dom.js";

/** @type {[string, string, string][]} Part of the editor, title and text of each step. */
const TOUR_STEPS = [
  [
    "choix",
    "Choisissez",
    "Choisissez d’abord ce que vous voulez changer : un signe, un conseil, un service… Un mot dans « Chercher » suffit pour le retrouver.",
  ],
  [
    "formulaire",
    "Écrivez",
    "Changez les mots dans le formulaire. Si quelque chose ne va pas, c’est dit sous le champ, avec ce qu’il faut écrire.",
  ],
  [
    "cote",
    "Regardez",
    "À côté, la page de vos collègues suit ce que vous tapez. Vous pouvez y cocher des cases. Les autres onglets disent qui appelle quoi, et ce que vos changements font.",
  ],
  [
    "actions",
    "Revenez en arrière",
    "« Annuler » défait le dernier changement, autant de fois que vous voulez. Rien n’est perdu : un brouillon est gardé à chaque instant.",
  ],
  [
    "actions",
    "Enregistrez",
    "« Enregistrer » change votre liste, et garde une copie datée de la version d’avant. Vos collègues verront la nouvelle en rechargeant leur page.",
  ],
];

/**
 * @param {HTMLElement} root
 * @param {string} prefix
 * @param {() => void} onEnd
 */
export function makeTour(root, prefix, onEnd) {
  let step = 0;
  const title = make("h3", { id: `${prefix}-visite`, tabindex: "-1" });
  const text = make("p");
  const back = makeButton("Précédent", () => showStep(step - 1));
  const next = makePrimaryButton("Suivant", () =>
    step + 1 < TOUR_STEPS.length ? showStep(step + 1) : end(),
  );
  const element = make(
    "section",
    {
      class: "formateur-visite",
      "aria-labelledby": `${prefix}-visite`,
      hidden: true,
      keydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && end(),
    },
    title,
    text,
    make("p", { class: "formateur-ligne" }, back, next, makeButton("Fermer la visite", end)),
  );

  function unmark() {
    for (const part of root.querySelectorAll(".formateur-montre"))
      part.classList.remove("formateur-montre");
  }

  /** @param {number} to */
  function showStep(to, focus = true) {
    const current = TOUR_STEPS[to];
    if (!current) return;
    step = to;
    const [part, name, content] = current;
    setText(title, `Visite, étape ${step + 1} sur ${TOUR_STEPS.length} : ${name}`);
    setText(text, content);
    back.hidden = step === 0;
    next.textContent = step + 1 < TOUR_STEPS.length ? "Suivant" : "Commencer";
    unmark();
    root.querySelector(`.formateur-${part}`)?.classList.add("formateur-montre");
    element.hidden = false;
    if (focus) title.focus();
  }

  function end() {
    unmark();
    element.hidden = true;
    onEnd();
  }

  return { element, start: (focus = true) => showStep(0, focus) };
}
