// @ts-check
/**
 * Beside the buttons: whether all is saved, and what became of the last thing asked for.
 */

import { counted, make, setText } from "./dom.js";

/**
 * @import { Answer } from "./channel.js"
 * @import { Go } from "./panels.js"
 */

/**
 * @typedef {object} SavedState
 * @property {number} changed How many entries are not saved.
 * @property {string} unkept Why the draft cannot be written; nothing where it is.
 */

const ALL_SAVED = "Tout est enregistré.";
const JUST_TYPED = "Un changement à enregistrer.";

export function makeStatus() {
  const saved = make("p", { class: "formateur-etat" });
  const said = make("p", { class: "formateur-dit", role: "status" });
  const unkept = make("p", { class: "formateur-erreur", role: "alert", hidden: true });
  let failed = false;

  return {
    element: make("div", { class: "formateur-bilan" }, saved, said),
    unkept,
    /**
     * @param {SavedState} now
     * @param {boolean} typing Whether something was typed that Python had not written by then.
     */
    set(now, typing) {
      const changes = `${counted(now.changed, "changement")} à enregistrer.`;
      const draft = now.unkept ? "" : " Un brouillon est gardé.";
      if (now.changed) setText(saved, `${changes}${draft}`);
      else setText(saved, typing ? JUST_TYPED : ALL_SAVED);
      setText(unkept, now.unkept);
      unkept.hidden = !now.unkept;
    },
    /** Something was typed that is not written yet: what was said of what is saved is over. */
    typed() {
      if (saved.textContent === ALL_SAVED) setText(saved, JUST_TYPED);
      if (!failed) said.replaceChildren();
    },
    /**
     * @param {Answer} answer
     * @param {Go} go To what is to be corrected first.
     * @param {() => void} decide Go to what is to be decided first.
     */
    say({ message, failed: refused, fix, question }, go, decide) {
      failed = refused;
      said.toggleAttribute("data-refus", refused);
      said.replaceChildren(message);
      if (!(fix || (refused && question))) return;
      const click = () => (fix ? go(fix) : decide());
      said.append(
        " ",
        make("button", { type: "button", class: "formateur-lien", click }, "Y aller"),
      );
    },
  };
}
