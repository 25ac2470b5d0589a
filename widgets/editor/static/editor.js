// @ts-check
/**
 * The trainers' editor: a form, its problems, and the page that follows. What a list is, what
 * is wrong with it and what it becomes is said by Python; here it is shown.
 */

import { openChannel } from "./channel.js";
import { makeChooser } from "./chooser.js";
import { counted, make, makeButton, makeFirstButton, setText } from "./dom.js";
import { makeEntry } from "./entry_form.js";
import { makeOffers } from "./pending.js";
import { drawChanges, drawMap, drawPeople, drawToml } from "./panels.js";
import { openPreview } from "./preview.js";
import { makeSilence } from "./disconnected.js";
import { makeTabs } from "./tabs.js";
import { makeTour } from "./tour.js";

/**
 * @import { Answer, EditorModel, Question } from "./channel.js"
 * @import { Chosen } from "./entry_form.js"
 * @import { FieldInfo } from "./controls.js"
 * @import { Unsettled } from "./pending.js"
 * @import { Link } from "./panels.js"
 */

/**
 * @typedef {object} Around What Python says of the list itself.
 * @property {string} title
 * @property {string} folder
 * @property {number} changed How many entries are not saved.
 * @property {string} undo What would be undone, or nothing.
 * @property {string} redo
 * @property {boolean} sound
 * @property {boolean} toured
 * @property {{name: string, data: any} | null} panel
 * @typedef {Around & Chosen & Unsettled} State
 */

// Milliseconds: what is typed is shown at once; writing and checking it waits for a pause, as
// they would hold up the next letter, but never longer than one would mind losing.
const PAUSE = 300;
const WRITE_AFTER = 1_000;
/** What one types letter by letter: shown at each, written a moment later. */
const TYPED = ["ligne", "texte", "lignes", "markdown", "telephone", "adresse", "nombre", "date"];
const TABS = /** @type {[[string, string], ...[string, string][]]} */ ([
  ["page", "La page"],
  ["carte", "Qui appelle quoi"],
  ["personnes", "Essayer une personne"],
  ["changements", "Changements"],
  ["toml", "Montrer le TOML"],
]);

/**
 * Draw the editor in an element, and make it answer.
 *
 * @param {EditorModel} model
 * @param {HTMLElement} el
 * @returns {() => void} Unmounts it: what was typed is written first.
 */
export function mountEditor(model, el) {
  const prefix = `formateur-${Math.random().toString(36).slice(2, 7)}`;
  /** @type {State | null} The last thing Python said. */
  let state = null;
  /** @type {{do: string, kind: string, place: number, key: string, value: any} | null} */
  let unwritten = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let writing;
  let typedSince = 0;
  /** @type {Map<string, string>} What was typed and is not known to be in the draft. */
  const typed = new Map();

  const channel = openChannel(model, receive, tellLife);
  const ask = channel.ask;

  // --- What stands on screen ------------------------------------------------------------------

  const title = make("h2", {}, "Votre liste");
  const where = make("p", { class: "formateur-aide" });
  const saved = make("p", { class: "formateur-etat" });
  const status = make("p", { class: "reperes-lu", role: "status" });
  const saveButton = makeFirstButton("Enregistrer", () => act({ do: "enregistrer" }));
  const undoButton = makeButton("Annuler", () => act({ do: "annuler" }));
  const redoButton = makeButton("Rétablir", () => act({ do: "retablir" }));
  const tourButton = makeButton("Visite guidée", () => tour.start());
  const seeButton = makeButton("Voir la page", () => {
    tabs.select("page");
    beside.scrollIntoView();
    tabs.panel("page").focus({ preventScroll: true });
  });
  seeButton.classList.add("formateur-vers-page");
  const silence = makeSilence(prefix);
  const offers = makeOffers(prefix, act);
  const chooser = makeChooser(prefix, {
    choose: (kind, place) => act({ do: "choisir", kind, place }),
    add: (kind, words) => act({ do: "ajouter", kind, title: words }, true),
  });
  const entry = makeEntry(prefix, {
    actOn,
    edited,
    go,
    busy: (key) => unwritten?.key === key || channel.writing(key),
  });
  const tabs = makeTabs(prefix, TABS, (name) => ask({ do: "panneau", name }));
  const stale = make("p", { class: "formateur-remarque", role: "status" });
  const page = make("div", { class: "formateur-page" });
  tabs.panel("page").append(stale, page);
  const preview = openPreview(page, tabs.panel("page"));
  const beside = make(
    "section",
    { class: "formateur-cote", "aria-label": "La page et ce que font vos changements" },
    tabs.bar,
    ...tabs.panels,
  );
  const root = make(
    "div",
    { class: "formateur", "data-lm-suppress-shortcuts": "true", lang: "fr", keydown: hotkey },
    make("div", { class: "formateur-tete" }, title, where),
    make(
      "div",
      { class: "formateur-actions", role: "group", "aria-label": "Actions" },
      saveButton,
      undoButton,
      redoButton,
      seeButton,
      tourButton,
      saved,
    ),
    status,
    silence.element,
    offers.element,
  );
  const tour = makeTour(root, prefix, () => {
    ask({ do: "visite-faite" });
    chooser.focus();
  });
  root.append(
    tour.element,
    make(
      "div",
      { class: "formateur-colonnes" },
      make("div", { class: "formateur-gauche" }, chooser.element, entry.element, entry.elsewhere),
      beside,
    ),
  );
  root.classList.add("reperes-widget"); // what every widget shares
  el.replaceChildren(root);
  el.classList.add("formateur-cellule");

  // --- What one does --------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  function hotkey(event) {
    event.stopPropagation(); // a cell's own keys would act on the notebook
    if (!(event.ctrlKey || event.metaKey)) return;
    const writing_ = /** @type {HTMLElement} */ (event.target).matches(
      "textarea, input:not([type=checkbox]):not([type=radio])",
    );
    const undoing = event.shiftKey ? "retablir" : "annuler";
    const question = {
      s: "enregistrer",
      z: writing_ ? "" : undoing,
      y: writing_ ? "" : "retablir",
    }[event.key.toLowerCase()];
    if (!question) return;
    event.preventDefault();
    act({ do: question });
  }

  let focusNext = false;

  /**
   * @param {Question} question
   * @param {boolean} [focus] Whether the form takes the focus once it shows what this gives.
   */
  function act(question, focus = false) {
    flush();
    focusNext = focus;
    ask(question);
    hold();
  }

  /** @type {Element | null} What in the form had the focus when it was held. */
  let held = null;

  /** Until the form shows what was asked for, nothing is typed into it: it would go elsewhere. */
  function hold() {
    const turning = channel.turning();
    if (turning === entry.element.inert) return;
    if (turning && entry.element.contains(document.activeElement)) held = document.activeElement;
    entry.element.inert = turning;
    if (turning || !(held instanceof HTMLElement)) return;
    if (document.activeElement === document.body && held.isConnected) held.focus();
    held = null;
  }

  /** @param {string} what @param {boolean} [focus] */
  function actOn(what, focus = false) {
    act({ do: what, ...state?.chosen }, focus);
  }

  /** @param {FieldInfo} field @param {any} value */
  function edited(field, value) {
    if (!state) return;
    const edit = { ...state.chosen, key: field.key, value };
    if (unwritten && unwritten.key !== field.key) flush();
    unwritten = { do: "ecrire", ...edit };
    if (!TYPED.includes(field.control)) {
      flush();
      return;
    }
    typed.set(`${state.chosen.kind} « ${state.chosenId} », ${field.title}`, value);
    ask({ do: "apercu", ...edit });
    const now = performance.now();
    if (writing === undefined) typedSince = now;
    clearTimeout(writing);
    writing = setTimeout(flush, Math.min(PAUSE, typedSince + WRITE_AFTER - now));
  }

  function flush() {
    clearTimeout(writing);
    writing = undefined;
    if (unwritten) ask(unwritten);
    unwritten = null;
  }

  // --- What Python says -----------------------------------------------------------------------

  /** @param {Answer} answer */
  function receive(answer) {
    try {
      draw(answer);
    } finally {
      hold();
    }
    if (focusNext && !entry.element.inert) {
      focusNext = false;
      entry.focus();
    }
  }

  /** @param {Answer} answer */
  function draw(answer) {
    if (answer.html) {
      preview.draw(answer.html);
      if (state) preview.mark(state.chosen.kind, state.chosenId);
    }
    if ("sound" in answer) tellSound(answer.sound);
    if (answer.kinds) {
      chooser.setKinds(answer.kinds);
      entry.setKinds(answer.kinds);
    }
    if (answer.chosen) show(answer);
    if (answer.message) setText(status, answer.message);
  }

  /** @param {boolean} sound */
  function tellSound(sound) {
    setText(
      stale,
      sound
        ? ""
        : "La page attend que les erreurs soient corrigées : elle montre la dernière version sans erreur.",
    );
    stale.hidden = sound;
  }

  /** @param {Answer} answer */
  function show(answer) {
    const before = state;
    const sent = { entries: before?.entries, choices: before?.choices }; // anew when they change
    const now = /** @type {State} */ (/** @type {unknown} */ ({ ...sent, ...answer }));
    const moved = now.chosen.kind !== before?.chosen.kind || now.chosenId !== before.chosenId;
    state = now;
    if (!unwritten) typed.clear();
    setText(title, now.title);
    setText(where, `Votre copie : ${now.folder}`);
    setText(
      saved,
      now.changed
        ? `${counted(now.changed, "changement")} à enregistrer. Un brouillon est gardé.`
        : "Tout est enregistré.",
    );
    undoButton.disabled = !now.undo;
    redoButton.disabled = !now.redo;
    undoButton.title = now.undo;
    redoButton.title = now.redo;
    saveButton.disabled = !now.changed;
    chooser.set(now.entries, now.chosen);
    entry.set(now);
    offers.set(now);
    drawPanel(now);
    if (moved && tabs.open() === "page") preview.show(now.chosen.kind, now.chosenId);
    if (!before && !now.toured) tour.start(false);
  }

  /** @param {Link} link */
  function go(link) {
    act({ do: "choisir", kind: link.kind, place: link.place }, true);
  }

  /** @param {State} now */
  function drawPanel(now) {
    const name = tabs.open();
    if (name === "page" || now.panel?.name !== name) return;
    const { data } = now.panel;
    const key = JSON.stringify([data, now.chosenId, now.sound]);
    const place = tabs.panel(name);
    if (place.dataset.key === key) return;
    place.dataset.key = key;
    const drawn = {
      carte: () => drawMap(data, now.chosenId, go),
      personnes: () =>
        drawPeople(
          data,
          {
            keep: (called) => act({ do: "personne-garder", name: called, ids: preview.ticked() }),
            drop: (at) => act({ do: "personne-retirer", at }),
            show: (at) => {
              tabs.select("page");
              preview.tick(data[at].ids);
            },
          },
          prefix,
        ),
      changements: () => drawChanges(data, now.sound),
      toml: () => drawToml(data),
    }[name];
    if (drawn) place.replaceChildren(...drawn().filter((each) => each !== null));
  }

  // --- When Python is gone --------------------------------------------------------------------

  let remedy = "rouvrez cette page";

  /** @param {Event} event The live page says that nobody answers, and what to do about it. */
  function cut(event) {
    const { detail } = /** @type {CustomEvent<string>} */ (event);
    event.preventDefault(); // it is said here
    if (!detail) return;
    remedy = detail;
    channel.lose();
  }

  /** @param {boolean} alive */
  function tellLife(alive) {
    root.toggleAttribute("data-muet", !alive);
    hold();
    if (alive) {
      silence.clear();
      return;
    }
    flush();
    silence.tell([...typed].map(([what, text]) => `${what} :\n${text}`).join("\n\n"), remedy);
  }

  addEventListener("pagehide", flush);
  addEventListener("reperes-coupure", cut);
  ask({ do: "bonjour", panel: tabs.open() });
  return () => {
    flush();
    removeEventListener("pagehide", flush);
    removeEventListener("reperes-coupure", cut);
    preview.close();
    channel.close();
  };
}
