// @ts-check
/**
 * The list of entries: choose a kind, search, choose an entry, add one.
 */

import { makeSearch, searchableText } from "../../render/normalize.js";
import { counted, make, makeButton, setText } from "./dom.js";

/** @import { FieldInfo } from "./controls.js" */

/**
 * @typedef {{place: number, id: string, title: string, group: string, state: string, errors: number,
 *   hidden: boolean}} EntryInfo
 * @typedef {{kind: string, title: string, one: string, hides: boolean, help: string,
 *   groups: [string, string][], fields: FieldInfo[]}} KindInfo
 */

/**
 * @param {string} prefix
 * @param {{choose: (kind: string, place: number) => void, add: (kind: string, title: string) => void}} actions
 */
export function makeChooser(prefix, actions) {
  /** @type {KindInfo[]} */
  let kinds = [];
  /** @type {Record<string, EntryInfo[]>} */
  let entries = {};
  let chosen = { kind: "", place: 0 };
  /** @type {Set<number>} The search result: an entry stays in it, even once its words change. */
  let matching = new Set();

  const kindList = make("select", {
    id: `${prefix}-genre`,
    change: () => actions.choose(kindList.value, 0),
  });
  const help = make("p", { class: "formateur-aide" });
  const search = make("input", {
    type: "search",
    id: `${prefix}-chercher`,
    autocomplete: "off",
    input: () => filter(),
  });
  const count = make("p", { class: "formateur-aide", role: "status" });
  const list = make("fieldset", { class: "formateur-entrees" });
  const title = make("input", {
    type: "text",
    id: `${prefix}-ajouter`,
    autocomplete: "off",
    keydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && add(),
  });
  const addLabel = make("label", { for: `${prefix}-ajouter` });
  const addForm = make(
    "details",
    { class: "formateur-ajout" },
    make("summary"),
    make(
      "p",
      { class: "formateur-ligne" },
      addLabel,
      title,
      makeButton("Ajouter", () => add()),
    ),
  );
  const element = make(
    "section",
    { class: "formateur-choix", "aria-labelledby": `${prefix}-titre-choix` },
    make("h3", { id: `${prefix}-titre-choix` }, "Que voulez-vous changer ?"),
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: `${prefix}-genre` }, "Genre : "),
      kindList,
    ),
    help,
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: `${prefix}-chercher` }, "Chercher : "),
      search,
    ),
    count,
    list,
    addForm,
  );

  function add() {
    if (!title.value.trim()) {
      setText(count, "Écrivez d’abord les mots de la nouvelle entrée.");
      title.focus();
      return;
    }
    actions.add(kindList.value, title.value.trim());
    title.value = "";
    addForm.open = false;
  }

  function filter() {
    const isWanted = makeSearch(search.value);
    const all = entries[chosen.kind] ?? [];
    const shown = all.filter((each) =>
      isWanted(searchableText(`${each.title} ${each.id} ${each.group}`)),
    );
    matching = new Set(shown.map((each) => each.place));
    setText(
      count,
      search.value.trim()
        ? `${shown.length ? counted(shown.length, "entrée trouvée", "entrées trouvées") : "Aucune entrée trouvée"} sur ${all.length}.`
        : "",
    );
    fill();
  }

  function fill() {
    const info = kinds.find((each) => each.kind === chosen.kind);
    const all = entries[chosen.kind] ?? [];
    const shown = all.filter((each) => matching.has(each.place));
    /** @type {Node[]} */
    const rows = [make("legend", { class: "reperes-lu" }, info?.title ?? "")];
    let group = "";
    for (const each of shown) {
      if (each.group && each.group !== group)
        rows.push(make("p", { class: "formateur-groupe" }, each.group));
      group = each.group;
      const radio = make("input", {
        type: "radio",
        name: `${prefix}-entree`,
        autocomplete: "off",
        value: each.place,
        change: () => actions.choose(chosen.kind, each.place),
      });
      radio.checked = each.place === chosen.place;
      const marks = [each.errors ? "à corriger" : "", each.state, each.hidden ? "masquée" : ""];
      const mark = marks.filter(Boolean).join(", ");
      rows.push(
        make(
          "label",
          { class: "formateur-entree" },
          radio,
          make("span", {}, each.title, mark ? make("em", {}, ` (${mark})`) : null),
        ),
      );
    }
    const focused = list.contains(document.activeElement);
    const scroll = list.scrollTop;
    list.replaceChildren(...rows);
    list.scrollTop = scroll;
    const selected = list.querySelector("input:checked");
    if (focused) selected?.focus({ preventScroll: true });
    list.hidden = all.length === 1 && !info?.one;
    search.parentElement.hidden = list.hidden;
    return selected;
  }

  return {
    element,
    focus: () => kindList.focus(),
    /** @param {KindInfo[]} all */
    setKinds(all) {
      kinds = all;
      kindList.replaceChildren(
        ...kinds.map((each) => make("option", { value: each.kind }, each.title)),
      );
    },
    /**
     * @param {Record<string, EntryInfo[]>} now
     * @param {{kind: string, place: number}} where
     */
    set(now, where) {
      const moved = where.kind !== chosen.kind || where.place !== chosen.place;
      const listChanged =
        where.kind !== chosen.kind || now[where.kind]?.length !== entries[where.kind]?.length;
      if (listChanged) search.value = "";
      entries = now;
      chosen = where;
      if (listChanged) filter();
      kindList.value = where.kind;
      const info = kinds.find((each) => each.kind === where.kind);
      setText(help, info?.help ?? "");
      addForm.hidden = !info?.one;
      setText(addForm.firstElementChild, `Ajouter ${info?.one ?? ""}`);
      setText(addLabel, `Ses premiers mots : `);
      const selected = fill();
      if (moved && selected) {
        const label = selected.parentElement;
        const top = label.offsetTop - list.offsetTop;
        if (top < list.scrollTop || top > list.scrollTop + list.clientHeight - 40)
          list.scrollTop = top - 40;
      }
    },
  };
}
