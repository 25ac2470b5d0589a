// @ts-check
/**
 * The controls of a form: native, with help beside each and problems under each.
 */

import { makeSearch, searchableText } from "../../render/normalize.js";
import { makeAddForm } from "./add_form.js";
import { counted, make, setText } from "./dom.js";
import { makeHours } from "./hours.js";
import { cleanPastes } from "./paste.js";

/**
 * @typedef {{key: string, control: string, title: string, help: string, group: string, needed: boolean,
 *   kinds: string[], adds: string, options: [string, string][]}} FieldInfo
 * @typedef {{title: string, entries: {id: string, title: string}[]}} Choices Entries to refer to,
 *   under a heading.
 * @typedef {object} Control What edits a value.
 * @property {HTMLElement} element
 * @property {(value: any) => void} set Show a value that is not what was entered here.
 * @property {(value: any) => void} [accept] Take note of how what was entered here is read.
 * @typedef {Control & {
 *   setProblems: (problems: {text: string, severe: boolean}[]) => void}} Row
 * @typedef {(kinds: string[]) => Choices[]} ChoicesFor
 */

/**
 * @param {FieldInfo} field
 * @param {string} prefix Of the ids of its elements.
 * @param {ChoicesFor} choicesFor
 * @param {(value: any) => void} onChange
 * @param {(title: string) => void} add Add an entry that it names.
 * @returns {Row}
 */
export function makeRow(field, prefix, choicesFor, onChange, add) {
  const id = `${prefix}-${field.key}`;
  const help = make("p", { class: "formateur-aide", id: `${id}-aide` }, field.help);
  const problems = make("ul", { class: "formateur-problemes", id: `${id}-problemes` });
  const about = `${field.help ? `${id}-aide ` : ""}${id}-problemes`;
  const control = makeControl(field, id, about, choicesFor, onChange);
  const several = control.element.nodeName === "FIELDSET";
  const element = make(
    "div",
    { class: "formateur-champ", "data-champ": field.key },
    several
      ? null
      : make(
          "label",
          { for: id },
          field.title,
          field.needed ? "" : make("span", {}, " (facultatif)"),
        ),
    field.help && !several ? help : null,
    control.element,
    problems,
    field.adds ? makeAdding(field, id, add) : null,
  );
  const typed = element.querySelector(["textarea", "input[type=text]"].join());
  if (typed && !several) {
    const pasted = make("p", { class: "formateur-aide", role: "status" });
    problems.before(pasted);
    cleanPastes(typed, field.control, (text) => setText(pasted, text));
  }
  if (several && field.help) control.element.firstElementChild?.after(help);
  return {
    ...control,
    element,
    setProblems(reported) {
      const text = reported.map((each) => each.text).join("\n");
      if (problems.dataset.text !== text) {
        problems.dataset.text = text;
        problems.replaceChildren(
          ...reported.map(({ text, severe }) =>
            make(
              "li",
              { class: severe ? "formateur-erreur" : "formateur-remarque" },
              make("strong", {}, severe ? "À corriger : " : "À regarder : "),
              text,
            ),
          ),
        );
      }
      element.toggleAttribute(
        "data-erreur",
        reported.some((each) => each.severe),
      );
      const target = several ? control.element : element.querySelector(`[id="${id}"]`);
      if (!several)
        target?.setAttribute("aria-invalid", String(reported.some((each) => each.severe)));
    },
  };
}

/**
 * @param {FieldInfo} field
 * @param {string} id
 * @param {(title: string) => void} add
 */
function makeAdding(field, id, add) {
  const form = makeAddForm(id, add, "Comment cela s’appelle : ");
  form.set(field.adds);
  return form.element;
}

/**
 * @param {FieldInfo} field
 * @param {string} id
 * @param {string} about Ids of the elements that describe it.
 * @param {ChoicesFor} choicesFor
 * @param {(value: any) => void} onChange
 * @returns {Control}
 */
function makeControl(field, id, about, choicesFor, onChange) {
  switch (field.control) {
    case "texte":
    case "lignes":
    case "markdown":
      return makeText(
        make("textarea", { id, "aria-describedby": about, spellcheck: "true", lang: "fr" }),
        onChange,
      );
    case "choix":
      return makeChoice(field, id, about, choicesFor, onChange);
    case "cases":
    case "quand":
      return makeTicks(field, id, about, choicesFor, onChange);
    case "horaires":
      return makeHours(field, id, about, onChange);
    case "oui-non":
      return makeFlag(id, about, onChange);
    case "id":
    case "fixe": {
      const shown = make("output", { id, "aria-describedby": about });
      return {
        element: shown,
        set: (value) => setText(shown, String(value) || "rien"),
      };
    }
    default: {
      const kind = { telephone: "tel", adresse: "url" }[field.control] ?? "text";
      const mode = field.control === "nombre" ? "numeric" : undefined;
      return makeText(
        make("input", {
          id,
          type: kind,
          inputmode: mode,
          autocomplete: "off",
          "aria-describedby": about,
        }),
        onChange,
      );
    }
  }
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {(value: string) => void} onChange
 */
function makeText(input, onChange) {
  const fit = () => {
    if (!(input instanceof HTMLTextAreaElement)) return;
    const rows = input.value
      .split("\n")
      .reduce((sum, line) => sum + 1 + Math.floor(line.length / 55), 0);
    input.rows = Math.min(14, Math.max(2, rows + 1));
  };
  input.addEventListener("input", () => {
    fit();
    onChange(input.value);
  });
  // How it is read shows once one is done typing there, and only where more than blanks differ.
  let accepted = "";
  input.addEventListener("input", () => (accepted = ""));
  input.addEventListener("blur", () => {
    if (accepted) accept(accepted);
  });

  /** @param {string} value */
  function set(value) {
    accepted = "";
    if (input.value !== value) input.value = value;
    fit();
  }

  /** @param {string} value */
  function accept(value) {
    if (document.activeElement === input) accepted = value;
    else if (squeezed(input.value) !== squeezed(value)) set(value);
  }

  return { element: input, set, accept };
}

/**
 * Return a text with one space for each of its blanks, and none around it.
 *
 * @param {string} text
 */
function squeezed(text) {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * @param {string} id
 * @param {string} about
 * @param {(value: boolean) => void} onChange
 */
function makeFlag(id, about, onChange) {
  const box = make("input", {
    type: "checkbox",
    id,
    "aria-describedby": about,
    change: () => onChange(box.checked),
  });
  return {
    element: box,
    set: (/** @type {boolean} */ value) => (box.checked = value),
  };
}

/**
 * @param {FieldInfo} field
 * @param {string} id
 * @param {string} about
 * @param {ChoicesFor} choicesFor
 * @param {(value: string) => void} onChange
 */
function makeChoice(field, id, about, choicesFor, onChange) {
  const list = make("select", {
    id,
    "aria-describedby": about,
    change: () => onChange(list.value),
  });
  return {
    element: list,
    set(/** @type {string} */ value) {
      const groups = field.kinds.length ? choicesFor(field.kinds) : [];
      const titles = retitled(list, groups);
      if (titles && list.value === value) return rename(list, titles);
      const none = field.needed ? "Choisissez…" : "Aucun";
      const known = field.kinds.length
        ? groups.map(({ title, entries }) =>
            make(
              "optgroup",
              { label: title },
              ...entries.map((each) => make("option", { value: each.id }, each.title)),
            ),
          )
        : field.options.map(([option, title]) => make("option", { value: option }, title));
      list.replaceChildren(make("option", { value: "" }, none), ...known);
      list.value = value;
      if (list.value !== value) {
        list.append(make("option", { value }, `${value} (n’existe pas)`));
        list.value = value;
      }
    },
  };
}

/** @type {WeakMap<HTMLElement, Choices[]>} What each control was last drawn with. */
const DRAWN_WITH = new WeakMap();

/**
 * Return the titles that changed since a control was drawn, by id, where it offers the same
 * entries; from now on, it is drawn with these.
 *
 * @param {HTMLElement} control
 * @param {Choices[]} groups
 * @returns {Map<string, string> | null} `null` where it is to be drawn anew.
 */
function retitled(control, groups) {
  const last = DRAWN_WITH.get(control);
  DRAWN_WITH.set(control, groups);
  if (last?.length !== groups.length) return null;
  /** @type {Map<string, string>} */
  const titles = new Map();
  for (const [index, { title, entries }] of groups.entries()) {
    const before = last[index];
    if (before?.title !== title || before.entries.length !== entries.length) return null;
    for (const [at, entry] of entries.entries()) {
      if (before.entries[at]?.id !== entry.id) return null;
      if (before.entries[at]?.title !== entry.title) titles.set(entry.id, entry.title);
    }
  }
  return titles;
}

/**
 * Write the new titles of some entries, in a list to choose from or beside boxes to tick.
 *
 * @param {HTMLElement} container
 * @param {Map<string, string>} titles By id.
 */
function rename(container, titles) {
  for (const [id, title] of titles)
    for (const each of container.querySelectorAll(`[value="${CSS.escape(id)}"]`))
      setText(
        /** @type {HTMLElement} */ (each.matches("option") ? each : each.nextElementSibling),
        title,
      );
}

/**
 * Some boxes to tick, under the headings of what they name; for `quand`, « always » before them.
 *
 * @param {FieldInfo} field
 * @param {string} id
 * @param {string} about
 * @param {ChoicesFor} choicesFor
 * @param {(value: string | string[]) => void} onChange
 */
function makeTicks(field, id, about, choicesFor, onChange) {
  const content = make("div", { class: "formateur-cases" });
  const element = make(
    "fieldset",
    { id, "aria-describedby": about },
    make("legend", {}, field.title),
    content,
  );
  /** @type {string[]} */
  let chosen = [];
  let always = false;
  /** @type {(() => void)[]} */
  let counters = [];

  /** @param {string} value @param {string} title */
  function box(value, title) {
    const input = make("input", {
      type: "checkbox",
      value,
      autocomplete: "off",
      change: () => {
        chosen = input.checked ? [...chosen, value] : chosen.filter((each) => each !== value);
        for (const update of counters) update();
        onChange(always ? "toujours" : chosen);
      },
    });
    input.checked = chosen.includes(value);
    return make("label", { class: "formateur-case" }, input, make("span", {}, title));
  }

  /** @param {Choices} group */
  function part({ title, entries }) {
    const counter = make("span");
    const update = () => {
      const number = entries.filter((each) => chosen.includes(each.id)).length;
      setText(counter, number ? ` : ${counted(number, "coché")}` : "");
    };
    update();
    counters.push(update);
    const some = entries.some((each) => chosen.includes(each.id));
    return make(
      "details",
      { open: some && entries.length < 9 },
      make("summary", {}, title, counter),
      ...entries.map((each) => box(each.id, each.title)),
    );
  }

  return {
    element,
    set(/** @type {string | string[]} */ value) {
      const groups = field.kinds.length
        ? choicesFor(field.kinds)
        : [{ title: "", entries: field.options.map(([option, title]) => ({ id: option, title })) }];
      // Unchanged choices are not drawn again: focus and open groups stay.
      const titles = retitled(element, groups);
      if (titles && String(always ? "toujours" : chosen) === String(value))
        return rename(content, titles);
      always = value === "toujours";
      chosen = always ? [] : [...value];
      counters = [];
      const known = new Set(groups.flatMap((group) => group.entries.map((each) => each.id)));
      const unknown = chosen.filter((each) => !known.has(each));
      const parts = make(
        "div",
        { hidden: always },
        ...unknown.map((each) => box(each, `${each} (n’existe pas)`)),
        ...(field.kinds.length
          ? groups.map(part)
          : groups.flatMap(({ entries }) => entries.map((each) => box(each.id, each.title)))),
      );
      const toggle = make("input", {
        type: "checkbox",
        autocomplete: "off",
        change: () => {
          always = toggle.checked;
          parts.hidden = always;
          onChange(always ? "toujours" : chosen);
        },
      });
      toggle.checked = always;
      const entries = groups.reduce((sum, group) => sum + group.entries.length, 0);
      if (entries > MOST_UNSEARCHED) parts.prepend(makeBoxSearch(id, parts));
      content.replaceChildren(
        ...(field.control === "quand"
          ? [
              make(
                "label",
                { class: "formateur-case" },
                toggle,
                make("span", {}, "Toujours, quoi que l’on coche"),
              ),
            ]
          : []),
        parts,
      );
    },
  };
}

const MOST_UNSEARCHED = 20;

/**
 * Search among boxes: those that do not say what one looks for are hidden.
 *
 * @param {string} id
 * @param {HTMLElement} parts What holds the boxes, under their headings.
 */
function makeBoxSearch(id, parts) {
  const input = make("input", {
    type: "search",
    id: `${id}-cases`,
    autocomplete: "off",
    spellcheck: "false",
    input: () => {
      const isWanted = makeSearch(input.value);
      for (const box of parts.querySelectorAll("label.formateur-case"))
        box.toggleAttribute("hidden", !isWanted(searchableText(box.textContent ?? "")));
      for (const part of parts.querySelectorAll("details")) {
        part.hidden = !part.querySelector("label:not([hidden])");
        if (input.value.trim()) part.open = !part.hidden;
      }
    },
  });
  return make(
    "p",
    { class: "formateur-ligne" },
    make("label", { for: `${id}-cases` }, "Chercher une case : "),
    input,
  );
}
