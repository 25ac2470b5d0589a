// @ts-check
/**
 * The list of entries: choose a kind, search them all, filter them, choose an entry, add one.
 */

import { makeSearch, searchableText } from "../../render/normalize.js";
import { makeAddForm } from "./add_form.js";
import { counted, make, makeButton, setText } from "./dom.js";
import { makeEntryList } from "./entry_list.js";
import { makeIndex } from "./search.js";

/**
 * @import { FieldInfo } from "./controls.js"
 * @import { Texts } from "./search.js"
 */

/**
 * @typedef {{place: number, id: string, title: string, group: string, state: string, errors: number,
 *   hidden: boolean, marks: string[], always: boolean}} EntryInfo
 * @typedef {{kind: string, title: string, one: string, hides: boolean, help: string,
 *   groups: [string, string][], fields: FieldInfo[]}} KindInfo
 * @typedef {object} Result What is searched or filtered, of every kind.
 * @property {Map<string, string>} entries By kind and id: what was looked for. An entry stays, even
 *   once it says something else.
 * @property {string} instead What was looked for, where nothing says what was typed.
 * @property {string} first The kind that comes first.
 */

const MOST_ROWS = 200;

/**
 * @param {string} prefix
 * @param {{choose: (kind: string, place: number, key: string) => void,
 *   add: (kind: string, title: string) => void}} actions
 */
export function makeChooser(prefix, actions) {
  const index = makeIndex();
  /** @type {KindInfo[]} */
  let kinds = [];
  /** @type {[string, string][]} */
  let filters = [];
  /** @type {Record<string, EntryInfo[]>} */
  let entries = {};
  let chosen = { kind: "", place: 0 };
  /** @type {Result | null} */
  let result = null;

  const kindList = make("select", {
    id: `${prefix}-genre`,
    change: () => {
      const wanted = kindList.value;
      const found = (entries[wanted] ?? []).find((each) => isFound(wanted, each));
      if (result && !found) clear();
      else if (result) result.first = wanted;
      actions.choose(wanted, found && result ? found.place : 0, "");
    },
  });
  const filterList = make("select", { id: `${prefix}-filtre`, change: run });
  const help = make("p", { class: "formateur-aide" });
  const search = make("input", {
    type: "search",
    id: `${prefix}-chercher`,
    autocomplete: "off",
    spellcheck: "false",
    input: run,
  });
  const count = make("p", { class: "formateur-aide formateur-compte", role: "status" });
  const clearButton = makeButton("Tout remontrer", () => {
    clear();
    fill();
    search.focus();
  });
  const rows = makeEntryList(`${prefix}-entree`, actions.choose);
  const addForm = makeAddForm(
    prefix,
    (words) => {
      clear();
      actions.add(kindList.value, words);
    },
    "Ses premiers mots : ",
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
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: `${prefix}-filtre` }, "Montrer : "),
      filterList,
    ),
    help,
    clearButton,
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: `${prefix}-chercher` }, "Chercher : "),
      search,
    ),
    count,
    rows.element,
    addForm.element,
  );

  /** @param {string} kind @param {EntryInfo} entry */
  const keyOf = (kind, entry) => `${kind} ${entry.id || entry.place}`;

  /** @param {string} kind @param {EntryInfo} entry */
  const isFound = (kind, entry) => !result || result.entries.has(keyOf(kind, entry));

  function clear() {
    search.value = "";
    filterList.value = "";
    result = null;
    setText(count, "");
  }

  /** Search and filter, and say how much was found. */
  function run() {
    result = searched(result?.first ?? chosen.kind);
    if (!result) setText(count, "");
    else {
      const found = kinds.map(({ kind }) =>
        (entries[kind] ?? []).filter((each) => isFound(kind, each)),
      );
      const all = found.flat().length;
      const of = found.filter((each) => each.length).length;
      const where = of > 1 ? `, dans ${of} genres` : "";
      const instead = result.instead ? `Rien ne dit cela ; voici « ${result.instead} ». ` : "";
      setText(
        count,
        all
          ? `${instead}${counted(all, "entrée trouvée", "entrées trouvées")}${where}.`
          : "Aucune entrée trouvée. Essayez avec moins de mots.",
      );
    }
    fill();
    rows.element.scrollTop = 0;
  }

  /** @param {string} first @returns {Result | null} */
  function searched(first) {
    const mark = filterList.value;
    if (!search.value.trim() && !mark) return null;
    const found = index.search(search.value);
    for (const [kind, all] of Object.entries(entries))
      for (const each of all)
        if (mark && !each.marks.includes(mark)) found.entries.delete(keyOf(kind, each));
    return { ...found, first };
  }

  /** Show in the filters how many entries each has. */
  function countFilters() {
    const marks = Object.values(entries).flatMap((all) => all.flatMap((each) => each.marks));
    const options = [["", "Tout"], ...filters].map(([name, words]) => {
      const many = marks.filter((mark) => mark === name).length;
      return make("option", { value: name }, name ? `${words} (${many})` : words);
    });
    const before = filterList.value;
    if ([...filterList.options].map((each) => each.text).join() === options.map(textOf).join())
      return;
    filterList.replaceChildren(...options);
    filterList.value = before;
  }

  /** @returns {{kind: string, heading: string, all: EntryInfo[]}[]} */
  function parts() {
    if (!result) return [{ kind: chosen.kind, heading: "", all: entries[chosen.kind] ?? [] }];
    const { first } = result;
    return [...kinds]
      .sort((a, b) => Number(b.kind === first) - Number(a.kind === first))
      .map(({ kind, title: heading }) => {
        const all = titlesFirst((entries[kind] ?? []).filter((each) => isFound(kind, each)));
        return { kind, heading: `${heading} (${all.length})`, all };
      })
      .filter(({ all }) => all.length);
  }

  /** @param {EntryInfo[]} found */
  function titlesFirst(found) {
    const isWanted = makeSearch(search.value);
    const [titled, others] = [true, false].map((wanted) =>
      found.filter((each) => isWanted(searchableText(each.title)) === wanted),
    );
    return [...(titled ?? []), ...(others ?? [])];
  }

  /**
   * Return what an entry says of what one looks for, and the field that says it.
   *
   * @param {string} kind
   * @param {EntryInfo} entry
   */
  function excerptOf(kind, entry) {
    const wanted = result?.entries.get(keyOf(kind, entry)) ?? "";
    return wanted.trim() ? index.excerpt(keyOf(kind, entry), wanted) : { key: "", words: "" };
  }

  /** Draw the entries that there is room for: the chosen one is among them. */
  function fill() {
    const info = kinds.find((each) => each.kind === chosen.kind);
    const flat = parts().flatMap(({ kind, heading, all }) =>
      all.map((entry, at) => ({
        kind,
        entry,
        ...excerptOf(kind, entry),
        heading: at ? "" : heading,
        group: result || all[at - 1]?.group === entry.group ? "" : entry.group,
      })),
    );
    const mine = flat.findIndex((each) => isChosen(each.kind, each.entry));
    const start = Math.max(0, Math.min(mine - MOST_ROWS / 2, flat.length - MOST_ROWS));
    const shown = flat.slice(start, start + MOST_ROWS);
    rows.element.hidden = !result && flat.length === 1 && !info?.one;
    clearButton.hidden = !result;
    rows.draw(shown, chosen, {
      title: info?.title ?? "",
      before: start,
      after: flat.length - start - shown.length,
    });
  }

  /** @param {string} kind @param {EntryInfo} entry */
  const isChosen = (kind, entry) => kind === chosen.kind && entry.place === chosen.place;

  return {
    element,
    focus: () => search.focus(),
    /** @param {KindInfo[]} all @param {[string, string][]} marks */
    setKinds(all, marks) {
      [kinds, filters] = [all, marks];
      kindList.replaceChildren(
        ...kinds.map((each) => make("option", { value: each.kind }, each.title)),
      );
    },
    /** @param {Record<string, Texts | null>} changed What entries say now; `null` where one is gone. */
    setTexts: (changed) => index.update(changed),
    /**
     * @param {Record<string, EntryInfo[]>} now
     * @param {{kind: string, place: number}} where
     */
    set(now, where) {
      const moved = where.kind !== chosen.kind || where.place !== chosen.place;
      entries = now;
      chosen = where;
      const its = now[where.kind]?.find((each) => each.place === where.place);
      countFilters();
      if (result) {
        const more = searched(result.first)?.entries ?? new Map();
        result.entries = new Map([...more, ...result.entries]);
      }
      if (result && moved && its && !isFound(where.kind, its)) clear(); // led here from elsewhere
      kindList.value = where.kind;
      const info = kinds.find((each) => each.kind === where.kind);
      setText(help, info?.help ?? "");
      addForm.set(info?.one ?? "");
      fill();
      if (moved) rows.reveal();
    },
  };
}

/** @param {HTMLElement} element */
function textOf(element) {
  return element.textContent;
}
