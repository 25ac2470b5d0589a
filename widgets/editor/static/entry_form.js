// @ts-check
/**
 * The chosen entry: its form, its problems and its actions; and links to the problems of
 * other entries.
 */

import { counted, make, makeButton, setText } from "./dom.js";
import { makeRow } from "./controls.js";
import { makeLink } from "./panels.js";
import { makeUses } from "./uses.js";

/**
 * @import { EntryInfo, KindInfo } from "./chooser.js"
 * @import { Choices, FieldInfo, Row } from "./controls.js"
 * @import { Go } from "./panels.js"
 * @import { UsesState } from "./uses.js"
 */

/**
 * @typedef {{kind: string, place: number, key: string, text: string, severe: boolean,
 *   where: string}} Problem A problem; `kind` is empty where it is of no entry.
 * @typedef {UsesState & ChosenEntry} Chosen
 * @typedef {object} ChosenEntry The state of the chosen entry, and the entries of the list.
 * @property {{kind: string, place: number}} chosen
 * @property {string} chosenId
 * @property {Record<string, any>} values By the keys of the fields.
 * @property {Problem[]} problems Of the complete list.
 * @property {{key: string, text: string} | null} refused What was typed and cannot be written.
 * @property {Record<string, EntryInfo[]>} entries By kind.
 * @property {Record<string, {id: string, title: string, group: string}[]>} choices By kind.
 */

const MOST_TOLD = 12;

/**
 * @param {string} prefix
 * @param {object} actions
 * @param {(what: string, more?: object) => void} actions.actOn
 * @param {(field: FieldInfo, value: any) => void} actions.edited
 * @param {Go} actions.go
 * @param {(key: string) => boolean} actions.busy Whether a field is newer on screen than Python knows.
 */
export function makeEntry(prefix, { actOn, edited, go, busy }) {
  /** @type {KindInfo[]} */
  let kinds = [];
  /** @type {Chosen["choices"]} */
  let choices = {};
  /** @type {Chosen["entries"]} */
  let entries = {};
  /** @type {Map<string, Row>} */
  let rows = new Map();
  let drawnFor = "";
  /** @type {Map<string, string>} The value of each field when Python last gave it. */
  const received = new Map();

  const title = make("h3", { id: `${prefix}-titre-formulaire`, tabindex: "-1" });
  const summary = make("p", { class: "formateur-verdict", role: "status" });
  const fields = make("div");
  const hideButton = makeButton("Masquer", () => actOn(hideButton.value));
  const buttons = make(
    "p",
    { class: "formateur-ligne" },
    makeButton("Dupliquer", () => actOn("dupliquer", { focus: true })),
    makeButton("Monter", () => actOn("monter")),
    makeButton("Descendre", () => actOn("descendre")),
    hideButton,
    makeButton("Retirer de la liste", () => actOn("retirer")),
  );
  const uses = makeUses(
    prefix,
    go,
    (instead) => actOn("retirer", { sure: true, instead }),
    () => actOn("garder"),
  );
  /** @type {HTMLElement} */
  const element = make(
    "section",
    { class: "formateur-formulaire", "aria-labelledby": `${prefix}-titre-formulaire` },
    title,
    summary,
    fields,
    uses.seen,
    buttons,
    uses.question,
  );
  const others = make("ul");
  /** @type {HTMLElement} */
  const elsewhere = make(
    "section",
    { "aria-labelledby": `${prefix}-titre-reste` },
    make("h3", { id: `${prefix}-titre-reste` }, "Ailleurs dans la liste"),
    others,
  );

  /** @param {string[]} wanted Kinds. */
  function choicesFor(wanted) {
    return wanted.flatMap((name) => {
      // Of this list only, from the other end of a link: what is always shown calls for no tick.
      const [which = "", kind = name] = name.includes(":") ? name.split(":", 2) : [];
      const all = which ? entries[kind] : choices[name];
      /** @type {Map<string, Choices>} */
      const groups = new Map();
      for (const { id, title: words, group, ...more } of all ?? []) {
        if (which === "appele" && "always" in more && more.always) continue;
        const heading = group || kinds.find((each) => each.kind === kind)?.title || kind;
        if (!groups.has(heading)) groups.set(heading, { title: heading, entries: [] });
        groups.get(heading)?.entries.push({ id, title: words });
      }
      return [...groups.values()];
    });
  }

  /** @param {Chosen} now @param {string} writtenKey */
  function draw(now, writtenKey) {
    const info = kinds.find((each) => each.kind === now.chosen.kind);
    if (!info) return;
    const its = (now.entries[info.kind] ?? []).find((each) => each.place === now.chosen.place);
    setText(title, its ? its.title : info.title);
    buttons.hidden = !info.one || !its;
    hideButton.hidden = !info.hides;
    hideButton.value = its?.hidden ? "montrer" : "masquer";
    setText(hideButton, its?.hidden ? "Montrer" : "Masquer");
    const key = `${now.chosen.kind} ${now.chosenId || now.chosen.place}`;
    if (key !== drawnFor) {
      drawnFor = key;
      received.clear();
      drawFields(info);
    }
    for (const [name, row] of rows) if (!busy(name)) update(row, name, now, writtenKey);
  }

  /**
   * Show the value of a field, unless it is what was typed there: nobody rewrites that.
   *
   * @param {Row} row
   * @param {string} name
   * @param {Chosen} now
   * @param {string} writtenKey
   */
  function update(row, name, now, writtenKey) {
    const value = now.values[name];
    const same = received.get(name) === JSON.stringify(value);
    if (row.accept && same) return;
    if (now.refused?.key === name) return; // it stays as typed, with the reason under it
    received.set(name, JSON.stringify(value));
    if (row.accept && name === writtenKey) row.accept(value);
    else row.set(value);
  }

  /** @param {KindInfo} info */
  function drawFields(info) {
    rows = new Map(
      info.fields.map((field) => [
        field.key,
        makeRow(
          field,
          prefix,
          choicesFor,
          (value) => edited(field, value),
          (words) => actOn("lier", { key: field.key, title: words }),
        ),
      ]),
    );
    fields.replaceChildren(
      ...info.groups.map(([group, heading], index) => {
        const its = info.fields
          .filter((field) => field.group === group)
          .map((field) => rows.get(field.key)?.element);
        return index === 0
          ? make("div", { class: "formateur-champs" }, ...its)
          : make("details", { class: "formateur-champs" }, make("summary", {}, heading), ...its);
      }),
    );
  }

  /** @param {Chosen} now */
  function showProblems(now) {
    const { kind, place } = now.chosen;
    /** @type {{key: string, text: string, severe: boolean}[]} */
    const own = now.problems.filter((each) => each.kind === kind && each.place === place);
    for (const [name, row] of rows) {
      const its = own.filter((each) => each.key === name);
      if (now.refused?.key === name) its.unshift({ ...now.refused, severe: true });
      row.setProblems(its);
      const part = row.element.closest("details");
      if (part && its.some((each) => each.severe)) part.open = true;
    }
    const general = own.filter((each) => !rows.has(each.key));
    const errors = own.filter((each) => each.severe).length;
    setText(
      summary,
      [
        errors ? `${counted(errors, "point")} à corriger ici.` : "",
        ...general.map((each) => each.text),
      ]
        .filter(Boolean)
        .join(" "),
    );
    const severe = now.problems.filter(
      (each) => each.severe && !(each.kind === kind && each.place === place),
    );
    elsewhere.hidden = !severe.length;
    others.replaceChildren(
      ...severe
        .slice(0, MOST_TOLD)
        .map((each) =>
          make(
            "li",
            {},
            make("strong", {}, titleOf(each)),
            each.text,
            " ",
            each.kind
              ? makeLink({ kind: each.kind, place: each.place, id: "", title: "Y aller" }, go)
              : `(${each.where})`,
          ),
        ),
      severe.length > MOST_TOLD
        ? make("li", {}, `Et ${counted(severe.length - MOST_TOLD, "autre")}, à corriger aussi.`)
        : "",
    );
  }

  /** @param {Problem} problem @returns The title of the entry it is of, where it is of one. */
  function titleOf({ kind, place }) {
    const its = entries[kind]?.find((each) => each.place === place);
    return its ? `« ${its.title} » : ` : "À corriger : ";
  }

  /** @param {string} name */
  function reveal(name) {
    const row = rows.get(name)?.element;
    const part = row?.closest("details");
    if (part) part.open = true;
    row?.scrollIntoView({ block: "nearest" });
    return row;
  }

  return {
    element,
    elsewhere,
    focus: () => title.focus(),
    /** @param {string} name A field, to be seen. */
    reveal: (name) => void reveal(name),
    /** @param {string} name A field, to type in. */
    focusField(name) {
      const control = reveal(name)?.querySelector(["input", "textarea", "select"].join());
      if (control instanceof HTMLElement) control.focus({ preventScroll: true });
      else title.focus();
    },
    /** @param {KindInfo[]} all */
    setKinds(all) {
      kinds = all;
    },
    /** @param {Chosen} now @param {string} writtenKey The field that this answers, if any. */
    set(now, writtenKey) {
      [choices, entries] = [now.choices, now.entries];
      draw(now, writtenKey);
      showProblems(now);
      uses.set(now, title.textContent, () => choicesFor([now.chosen.kind]));
    },
  };
}
