// @ts-check
/**
 * The trainers' editor: a form, its problems, and the live preview. The state of the list
 * is computed in Python; here it is shown.
 */

import { openChannel } from "./channel.js";
import { makeChooser } from "./chooser.js";
import { make, makeButton, makePrimaryButton, setText } from "./dom.js";
import { makeEntry } from "./entry_form.js";
import { hoursAsText } from "./hours.js";
import { makePendingNotices } from "./pending.js";
import { openPreview } from "./preview.js";
import { makeDisconnectedNotice } from "./disconnected.js";
import { shortcutOf } from "./shortcuts.js";
import { fillPanel } from "./side_panel.js";
import { isLive, makeSight } from "./sight.js";
import { makeStatus } from "./status.js";
import { makeTabs } from "./tabs.js";
import { makeTour } from "./tour.js";

/**
 * @import { Answer, EditorModel, Question } from "./channel.js"
 * @import { Chosen } from "./entry_form.js"
 * @import { FieldInfo } from "./controls.js"
 * @import { PendingState } from "./pending.js"
 * @import { Link } from "./panels.js"
 * @import { SavedState } from "./status.js"
 * @import { Sight } from "./sight.js"
 */

/**
 * @typedef {object} ListState The state of the list itself.
 * @property {string} title
 * @property {string} folder
 * @property {string} undo What would be undone, or nothing.
 * @property {string} redo
 * @property {boolean} sound
 * @property {boolean} toured
 * @property {Sight} sight What is seen beside the form.
 * @property {[string, string][]} sights What there is to see.
 * @property {{name: string, data: any} | null} panel
 * @typedef {ListState & Chosen & PendingState & SavedState} State
 */

/** Controls typed letter by letter: previewed at each, written a moment later. */
const TYPED = [
  ...["ligne", "texte", "lignes", "markdown", "telephone", "adresse", "nombre", "date"],
  "horaires",
];
const TABS = /** @type {[[string, string], ...[string, string][]]} */ ([
  ["page", "La page"],
  ["carte", "Qui appelle quoi"],
  ["personnes", "Essayer une personne"],
  ["contacts", "À vérifier"],
  ["changements", "Changements"],
  ["comite", "Comité"],
  ["versions", "Versions"],
  ["details", "Détails techniques"],
]);

/**
 * Mount the editor in an element.
 *
 * @param {EditorModel} model
 * @param {HTMLElement} el
 * @returns {() => void} Unmounts it: what was typed is written first.
 */
export function mountEditor(model, el) {
  const prefix = `formateur-${Math.random().toString(36).slice(2, 7)}`;
  /** @type {State | null} The last state that Python sent. */
  let state = null;
  /** @type {{do: string, kind: string, place: number, id: string, key: string, value: any} | null} */
  let unwritten = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let writing;
  let typedSince = 0;
  /** @type {Map<string, string>} What was typed and is not known to be in the draft. */
  const unsavedTexts = new Map();

  const channel = openChannel(model, receive, showConnection);
  const ask = channel.ask;

  // --- Elements -----------------------------------------------------------------------------

  const title = make("h2", {}, "Votre liste");
  const status = makeStatus();
  const saveButton = makePrimaryButton("Enregistrer", () => act({ do: "enregistrer" }));
  const undoButton = makeButton("Annuler", () => act({ do: "annuler" }));
  const redoButton = makeButton("Rétablir", () => act({ do: "retablir" }));
  const tourButton = makeButton("Visite guidée", () => tour.start());
  const seeButton = makeButton("Voir la page", () => {
    tabs.select("page");
    side.scrollIntoView();
    tabs.panel("page").focus({ preventScroll: true });
  });
  seeButton.classList.add("formateur-vers-page");
  const disconnected = makeDisconnectedNotice(prefix);
  const pending = makePendingNotices(prefix, act);
  const chooser = makeChooser(prefix, {
    choose: (kind, place, key) => {
      reveal = key;
      act({ do: "choisir", kind, place });
    },
    add: (kind, words) => act({ do: "ajouter", kind, title: words }, true),
  });
  const entry = makeEntry(prefix, {
    actOn,
    edited,
    go,
    busy: (key) => unwritten?.key === key || channel.isWriting(key),
  });
  const tabs = makeTabs(prefix, TABS, (name) => ask({ do: "panneau", name }));
  const stale = make("p", { class: "formateur-remarque", role: "status" });
  const page = make("div", { class: "formateur-page" });
  const openField = (/** @type {string[]} */ ids, /** @type {string} */ words) =>
    act({ do: "ouvrir", ids, words });
  const preview = openPreview(page, tabs.panel("page"), openField);
  const sight = makeSight(prefix, (name, shape) => act({ do: "voir", name, shape }), openField);
  tabs.panel("page").append(sight.bar, stale, page, sight.frame);
  entry.element.addEventListener("focusin", lookAtField);
  const side = make(
    "section",
    { class: "formateur-cote", "aria-label": "La page et ce que font vos changements" },
    tabs.bar,
    ...tabs.panels,
  );
  const root = make(
    "div",
    { class: "formateur", "data-lm-suppress-shortcuts": "true", lang: "fr", keydown: hotkey },
    make("div", { class: "formateur-tete" }, title),
    make(
      "div",
      { class: "formateur-actions", role: "group", "aria-label": "Actions" },
      saveButton,
      undoButton,
      redoButton,
      seeButton,
      tourButton,
      status.element,
    ),
    status.unkept,
    disconnected.element,
    pending.element,
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
      chooser.element,
      make("div", { class: "formateur-milieu" }, entry.element, entry.elsewhere, pending.aside),
      side,
    ),
  );
  root.classList.add("reperes-widget"); // what every widget shares
  el.replaceChildren(root);
  el.classList.add("formateur-cellule");

  // --- Actions ---------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  function hotkey(event) {
    event.stopPropagation(); // a cell's own keys would act on the notebook
    const question = shortcutOf(event);
    if (!question) return;
    event.preventDefault();
    act({ do: question });
  }

  let focusNext = false;
  let reveal = ""; // the field to bring into sight, once the form shows what was asked for

  /**
   * @param {Question} question
   * @param {boolean} [focus] Whether to focus the form once it shows the result.
   */
  function act(question, focus = false) {
    flush();
    focusNext = focus;
    ask(question);
    updateInert();
  }

  /** @type {Element | null} What in the form had the focus when it became inert. */
  let lastFocused = null;

  /** Make the form inert until it shows what was asked for: text typed into it would be misplaced. */
  function updateInert() {
    root.dataset.etat = unwritten || !channel.isIdle() ? "attend" : "calme";
    const navigating = channel.isNavigating();
    if (navigating === entry.element.inert) return;
    if (navigating && entry.element.contains(document.activeElement))
      lastFocused = document.activeElement;
    entry.element.inert = navigating;
    if (navigating || !(lastFocused instanceof HTMLElement)) return;
    if (document.activeElement === document.body && lastFocused.isConnected) lastFocused.focus();
    lastFocused = null;
  }

  /** @param {string} what @param {{focus?: boolean}} [more] */
  function actOn(what, { focus = false, ...more } = {}) {
    act({ do: what, ...state?.chosen, id: state?.chosenId, ...more }, focus);
  }

  /** @param {FieldInfo} field @param {any} value */
  function edited(field, value) {
    if (!state) return;
    const edit = { ...state.chosen, id: state.chosenId, key: field.key, value };
    saveButton.disabled = false;
    status.typed();
    if (unwritten && unwritten.key !== field.key) flush();
    unwritten = { do: "ecrire", ...edit };
    if (!TYPED.includes(field.control)) return void flush();
    unsavedTexts.set(
      `${state.chosen.kind} « ${state.chosenId} », ${field.title}`,
      typeof value === "string" ? value : hoursAsText(value),
    );
    ask({ do: "apercu", ...edit });
    updateInert();
    const now = performance.now();
    typedSince = writing === undefined ? now : typedSince;
    clearTimeout(writing);
    writing = setTimeout(flush, channel.pauseToWrite(now - typedSince));
  }

  let seenKey = ""; // the field that is edited
  /** @param {Event} event A field of the form has the focus. */
  function lookAtField({ target }) {
    const row = target instanceof Element && target.closest("[data-champ]");
    const key = row instanceof HTMLElement ? row.dataset.champ : "";
    if (!state || !key || key === seenKey || isLive(state.sight)) return;
    seenKey = key;
    ask({ do: "voir", key }); // it is seen where it is read
  }

  /** @param {boolean} [moved] Whether to bring the entry in the form into sight, or to mark it. */
  function showEntry(moved = true) {
    if (!state) return;
    const texts = textsIn(state, seenKey);
    if (!isLive(state.sight)) sight.show(state.chosenId, texts, moved);
    else if (moved) preview.show(state.chosen.kind, state.chosenId, texts);
  }

  function flush() {
    clearTimeout(writing);
    writing = undefined;
    if (unwritten) ask(unwritten);
    unwritten = null;
  }

  // --- Answers --------------------------------------------------------------------------------

  /** @param {Answer} answer @param {Question} question */
  function receive(answer, question) {
    try {
      draw(answer, question);
    } finally {
      updateInert();
    }
    if (answer.open) entry.focusField(answer.open);
    if (entry.element.inert) return;
    if (focusNext) entry.focus();
    if (reveal) entry.reveal(reveal);
    [focusNext, reveal] = [false, ""];
  }

  /** @param {Answer} answer @param {Question} question */
  function draw(answer, question) {
    drawSight(answer, question);
    if ("sound" in answer) showValidity(stale, answer.sound);
    if (answer.kinds) {
      chooser.setKinds(answer.kinds, answer.filters);
      entry.setKinds(answer.kinds);
    }
    if (answer.chosen) show(answer, question.do === "ecrire" ? question.key : "");
    else if (state && answer.drafts) pending.set(Object.assign(state, { drafts: answer.drafts }));
    if (question.do === "voir") showEntry();
    if (answer.message) status.say(answer, go, pending.focus);
  }

  /** @param {Answer} answer What is seen beside the form, if it changed. @param {Question} question */
  function drawSight({ html, frame }, question) {
    if (html) {
      preview.draw(html);
      if (state) preview.mark(state.chosen.kind, state.chosenId);
    }
    if (frame) sight.draw(frame, question);
  }

  /** @param {Answer} answer @param {string} writtenKey */
  function show(answer, writtenKey) {
    const before = state;
    // Sent anew when they change.
    const sent = {
      ...{ entries: before?.entries, choices: before?.choices, drafts: before?.drafts },
      ...{ uses: before?.uses, sights: before?.sights },
    };
    const now = /** @type {State} */ (/** @type {unknown} */ ({ ...sent, ...answer }));
    const moved = now.chosen.kind !== before?.chosen.kind || now.chosenId !== before.chosenId;
    const looks = before?.sight.name !== now.sight.name || before.sight.shape !== now.sight.shape;
    if (moved) seenKey = "";
    state = now;
    sight.set(now.sight, now.sights);
    page.hidden = !isLive(now.sight);
    const typing = unwritten !== null || channel.isWriting(); // since Python was asked
    if (!typing) unsavedTexts.clear();
    setText(title, now.title);
    status.set(now, typing);
    undoButton.disabled = !now.undo;
    redoButton.disabled = !now.redo;
    [undoButton.title, redoButton.title] = [now.undo, now.redo];
    saveButton.disabled = !now.changed && !typing;
    if (answer.texts) chooser.setTexts(answer.texts);
    chooser.set(now.entries, now.chosen);
    entry.set(now, writtenKey);
    pending.set(now);
    drawPanel(now);
    if (tabs.open() === "page") showEntry(moved || looks);
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
    const tools = { ...preview, act, go, showPage: () => tabs.select("page") };
    fillPanel(tabs.panel(name), name, now, tools, prefix);
  }

  // --- Connection -----------------------------------------------------------------------------

  let remedy = "rouvrez cette page";

  /** @param {Event} event The live page reports that the kernel is gone, and what to do. */
  function onDisconnected(event) {
    const { detail } = /** @type {CustomEvent<string>} */ (event);
    event.preventDefault(); // it is shown here
    if (!detail) return;
    remedy = detail;
    channel.disconnect();
  }

  /** @param {boolean} alive */
  function showConnection(alive) {
    root.toggleAttribute("data-muet", !alive);
    updateInert();
    if (alive) {
      disconnected.clear();
      return;
    }
    flush();
    disconnected.show(
      [...unsavedTexts].map(([what, text]) => `${what} :\n${text}`).join("\n\n"),
      remedy,
    );
  }

  const leave = () => {
    flush();
    channel.leave();
  };

  addEventListener("pagehide", leave);
  addEventListener("reperes-coupure", onDisconnected);
  ask({ do: "bonjour", panel: tabs.open() });
  return () => {
    flush();
    removeEventListener("pagehide", leave);
    removeEventListener("reperes-coupure", onDisconnected);
    preview.close();
    channel.close();
  };
}

/**
 * Return what an entry says, in the order of its form; first the field that is edited.
 *
 * @param {State} state
 * @param {string} key
 */
function textsIn({ values }, key) {
  const all = [values[key], ...Object.values(values)];
  return all.filter((each) => typeof each === "string" && !/^[a-z0-9-]*$/.test(each)); // no choice
}

/**
 * Say that the page waits, where the list has errors.
 *
 * @param {HTMLElement} notice
 * @param {boolean} valid
 */
function showValidity(notice, valid) {
  setText(
    notice,
    valid
      ? ""
      : "La page attend que les erreurs soient corrigées : elle montre la dernière version sans erreur.",
  );
  notice.hidden = valid;
}
