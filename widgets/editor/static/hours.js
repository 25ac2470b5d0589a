// @ts-check
/**
 * The control of opening hours: days and times; what a week cannot express, as notation.
 */

import { make, makeButton, setText } from "./dom.js";

/** @import { FieldInfo } from "./controls.js" */

const WEEKDAYS = ["Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"];
/** @type {[string, string][]} */
const HOURS_MODES = [
  ["toujours", "Jour et nuit, tous les jours"],
  ["semaine", "À ces heures"],
  ["aucun", "Pas d’horaires confirmés (rien ne s’affiche)"],
  ["notation", "En notation OpenStreetMap"],
];
const HOLIDAYS = [
  ["inconnu", "on ne sait pas"],
  ["ferme", "fermé"],
  ["compris", "comme les autres jours"],
];

/**
 * Return hours as a person may copy them.
 *
 * @param {{mode: string, notation: string, jours: string[][][]}} hours
 */
export function hoursAsText({ mode, notation, jours }) {
  if (mode !== "semaine") return mode === "notation" ? notation : mode;
  return jours
    .map((spans, day) => `${WEEKDAYS[day]} ${spans.map((span) => span.join("–")).join(", ")}`)
    .join("\n");
}

/**
 * Return what has no notation yet in the hours of a week, a sentence each. Whatever has one is
 * said by the verifier.
 *
 * @param {string[][][]} days Seven, with pairs of times; a time that is missing is empty.
 */
function gapsOf(days) {
  return days.flatMap((spans, number) =>
    spans.flatMap(([from = "", to = ""]) => {
      const day = WEEKDAYS[number];
      if (!from || !to) return `${day} : il manque l’heure où cela ${from ? "ferme" : "ouvre"}.`;
      return from === to ? `${day} : ouvre et ferme à la même heure.` : [];
    }),
  );
}

/**
 * @param {FieldInfo} field
 * @param {string} id
 * @param {string} about
 * @param {(value: any) => void} onChange
 */
export function makeHours(field, id, about, onChange) {
  /** @type {{mode: string, notation: string, mots: string, jours: string[][][], feries: string}} */
  let now = {
    mode: "aucun",
    notation: "",
    mots: "",
    jours: WEEKDAYS.map(() => []),
    feries: "inconnu",
  };
  const change = () => {
    week.hidden = now.mode !== "semaine";
    typed.parentElement.hidden = now.mode !== "notation";
    doubt();
    onChange(now);
  };
  const modes = HOURS_MODES.map(([value, title]) => {
    const radio = make("input", {
      type: "radio",
      name: `${id}-mode`,
      value,
      autocomplete: "off",
      change: () => {
        now.mode = value;
        change();
      },
    });
    return {
      radio,
      label: make("label", { class: "formateur-case" }, radio, make("span", {}, title)),
    };
  });
  const times = WEEKDAYS.map((day, number) => {
    const inputs = ["ouvre à", "ferme à", "rouvre à", "referme à"].map((what) =>
      make("input", {
        type: "time",
        "aria-label": `${day}, ${what}`,
        autocomplete: "off",
        input: readTimes,
      }),
    );
    function readTimes() {
      const [a = "", b = "", c = "", d = ""] = inputs.map((each) => each.value);
      now.jours[number] = [
        [a, b],
        [c, d],
      ].filter(([from, to]) => from || to);
      change();
    }
    return { day, inputs };
  });
  const holidays = make(
    "select",
    {
      id: `${id}-feries`,
      change: () => {
        now.feries = holidays.value;
        change();
      },
    },
    ...HOLIDAYS.map(([value, title]) => make("option", { value }, title)),
  );
  const copy = makeButton("Mettre les heures du lundi du mardi au vendredi", () => {
    const monday = now.jours[0] ?? [];
    for (const day of [1, 2, 3, 4]) now.jours[day] = monday.map((span) => [...span]);
    fill();
    change();
  });
  const week = make(
    "div",
    { class: "formateur-semaine" },
    make(
      "table",
      {},
      make("caption", { class: "reperes-lu" }, "Heures d’ouverture, jour par jour"),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ...["Jour", "Ouvre", "Ferme", "Rouvre", "Referme"].map((head) =>
            make("th", { scope: "col" }, head),
          ),
        ),
      ),
      make(
        "tbody",
        {},
        ...times.map(({ day, inputs }) =>
          make(
            "tr",
            {},
            make("th", { scope: "row" }, day),
            ...inputs.map((input) => make("td", {}, input)),
          ),
        ),
      ),
    ),
    copy,
    make("p", {}, make("label", { for: `${id}-feries` }, "Jours fériés : "), holidays),
  );
  const typed = make("input", {
    type: "text",
    id: `${id}-notation`,
    autocomplete: "off",
    "aria-describedby": about,
    input: () => {
      now.notation = typed.value;
      change();
    },
  });
  const words = make("p", { class: "formateur-mots" });
  const doubts = make("ul", { class: "formateur-problemes", role: "status" });
  const element = make(
    "fieldset",
    { id, "aria-describedby": about },
    make("legend", {}, field.title),
    ...modes.map(({ label }) => label),
    week,
    doubts,
    make("p", {}, make("label", { for: `${id}-notation` }, "Notation : "), typed),
    words,
  );

  /** Say at once which hours are not complete. */
  function doubt() {
    const found = now.mode === "semaine" ? gapsOf(now.jours) : [];
    if (doubts.textContent === found.join("")) return;
    doubts.replaceChildren(
      ...found.map((text) => make("li", { class: "formateur-remarque" }, text)),
    );
  }

  function fill() {
    for (const { radio } of modes) radio.checked = radio.value === now.mode;
    times.forEach(({ inputs }, day) => {
      const flat = (now.jours[day] ?? []).flat();
      inputs.forEach((input, index) => {
        if (input.value !== (flat[index] ?? "")) input.value = flat[index] ?? "";
      });
    });
    holidays.value = now.feries;
    if (typed.value !== now.notation) typed.value = now.notation;
    week.hidden = now.mode !== "semaine";
    typed.parentElement.hidden = now.mode !== "notation";
    doubt();
    setText(words, now.mots ? `Se lira : ${now.mots}.` : "");
  }

  return {
    element,
    set(/** @type {typeof now} */ value) {
      now = structuredClone(value);
      fill();
    },
    // Half a day typed has no notation yet: what is on screen is what was meant.
    accept(/** @type {typeof now} */ value) {
      now.mots = value.mots;
      setText(words, now.mots ? `Se lira : ${now.mots}.` : "");
    },
  };
}
