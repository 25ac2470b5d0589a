// @ts-check
/**
 * The notice that Python is gone: what was typed and may be unsaved, and what to do.
 */

import { toClipboard } from "../../board/actions.js";
import { make, makeButton, setText } from "./dom.js";

/** @param {string} prefix */
export function makeDisconnectedNotice(prefix) {
  /** @type {HTMLElement} */
  const element = make("section", { class: "formateur-silence", role: "alert" });

  /** @param {string} unsaved */
  function drawCopy(unsaved) {
    const box = make(
      "textarea",
      { id: `${prefix}-copie`, readonly: true, rows: "6", spellcheck: "false" },
      unsaved,
    );
    const done = make("span", { role: "status" });
    const copy = makeButton("Copier ce que j’ai tapé", async () => {
      const copied = await toClipboard(unsaved, () => box.select());
      setText(done, copied ? "C’est copié." : "Sélectionné : faites Ctrl+C.");
    });
    return [
      make("label", { for: `${prefix}-copie` }, "Pas encore dans le brouillon :"),
      box,
      make("p", { class: "formateur-ligne" }, copy, done),
    ];
  }

  return {
    element,
    /**
     * @param {string} unsaved What was typed and may not be in the draft; may be empty.
     * @param {string} remedy What to do about it.
     */
    show(unsaved, remedy) {
      element.replaceChildren(
        make("h3", {}, "Python ne répond plus"),
        make(
          "p",
          {},
          unsaved
            ? `Ce que vous avez tapé reste à l’écran. Copiez-le, puis ${remedy} : le brouillon, gardé à côté de la liste, vous sera proposé.`
            : `Rien n’est perdu : tout ce que vous avez tapé est dans le brouillon, gardé à côté de la liste. Pour le reprendre, ${remedy} : il vous sera proposé.`,
        ),
        ...(unsaved ? drawCopy(unsaved) : []),
      );
    },
    clear: () => element.replaceChildren(),
  };
}
