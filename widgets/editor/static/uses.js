// @ts-check
/**
 * What uses the chosen entry: seen beside its form, and told before it is removed.
 */

import { counted, make, makeButton } from "./dom.js";
import { makeLink } from "./panels.js";

/** @import { Choices } from "./controls.js" */
/** @import { Go } from "./panels.js" */

/**
 * @typedef {{kind: string, place: number, id: string, title: string, kind_title: string,
 *   becomes: string, boxes: boolean}} Use `boxes`: whether it is ticked in this form too.
 * @typedef {object} UsesState
 * @property {Use[]} uses
 * @property {boolean} removing Whether one asked to remove the entry.
 */

/**
 * @param {string} prefix
 * @param {Go} go
 * @param {(instead: string) => void} remove
 * @param {() => void} keep
 */
export function makeUses(prefix, go, remove, keep) {
  const seen = make("div");
  /** @type {HTMLElement} */
  const question = make("section", {
    class: "formateur-retrait",
    hidden: true,
    "aria-labelledby": `${prefix}-titre-retrait`,
  });
  let [seenFor, askedFor] = ["", ""];

  /** @param {Use[]} uses @param {string} title @param {Choices[]} others */
  function ask(uses, title, others) {
    const instead = make(
      "select",
      { id: `${prefix}-a-la-place` },
      make("option", { value: "" }, "Rien"),
      ...others.map((group) =>
        make(
          "optgroup",
          { label: group.title },
          ...group.entries.map((each) => make("option", { value: each.id }, each.title)),
        ),
      ),
    );
    question.replaceChildren(
      make(
        "h4",
        { id: `${prefix}-titre-retrait`, tabindex: "-1" },
        `Retirer « ${title} » ? ${counted(new Set(uses.map((each) => each.id)).size, "entrée s’en sert", "entrées s’en servent")}.`,
      ),
      ...byKind(uses, (use) => make("li", {}, makeLink(use, go), make("small", {}, use.becomes))),
      make(
        "p",
        { class: "formateur-ligne" },
        make("label", { for: `${prefix}-a-la-place` }, "Mettre à sa place : "),
        instead,
      ),
      make(
        "p",
        { class: "formateur-ligne" },
        makeButton("Retirer quand même", () => remove(instead.value)),
        makeButton("Le garder", keep),
      ),
    );
  }

  /** @param {Use[]} uses */
  function show(uses) {
    const key = JSON.stringify(uses);
    if (key === seenFor) return;
    seenFor = key;
    const elsewhere = uses.filter((each) => !each.boxes);
    const list = make(
      "details",
      { class: "formateur-champs" },
      make("summary", {}, `Utilisé par ${counted(elsewhere.length, "entrée")}`),
      ...byKind(elsewhere, (use) => make("li", {}, makeLink(use, go))),
    );
    seen.replaceChildren(...(elsewhere.length ? [list] : []));
  }

  return {
    seen,
    question,
    /**
     * @param {UsesState} now
     * @param {string} title Of the entry.
     * @param {() => Choices[]} others What could take its place.
     */
    set(now, title, others) {
      show(now.uses);
      const key = now.removing ? JSON.stringify([now.uses, title]) : "";
      if (key === askedFor) return;
      askedFor = key;
      question.hidden = !now.removing;
      if (!now.removing) return question.replaceChildren();
      ask(now.uses, title, others());
      question.querySelector("h4")?.focus();
      question.scrollIntoView({ block: "nearest" });
    },
  };
}

/**
 * Draw uses by their kind; those of a long part once it is opened.
 *
 * @param {Use[]} uses
 * @param {(use: Use) => Node} draw
 */
function byKind(uses, draw) {
  return [...new Set(uses.map((each) => each.kind_title))].map((heading) => {
    const its = uses.filter((each) => each.kind_title === heading);
    const open = uses.length <= MOST_OPEN;
    const list = make("ul", {}, ...(open ? its.map(draw) : []));
    const fill = () => list.firstChild || list.append(...its.map(draw));
    return make(
      "details",
      { open, toggle: fill },
      make("summary", {}, `${heading} : ${its.length}`),
      list,
    );
  });
}

const MOST_OPEN = 12;
