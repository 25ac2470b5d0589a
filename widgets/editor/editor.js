// @ts-check
/**
 * The trainers' editor: a form, its problems, and the page that follows. What a list is, what
 * is wrong with it and what it becomes is said by Python; here it is shown.
 */

import { openChannel } from "./channel.js";
import { makeChooser } from "./chooser.js";
import { counted, make, makeButton, makeFirstButton, setText } from "./dom.js";
import { makeRow } from "./form.js";
import { drawChanges, drawConflict, drawMap, drawPeople, drawToml, goTo } from "./panels.js";
import { openPreview } from "./preview.js";
import { makeTabs } from "./tabs.js";
import { makeTour } from "./tour.js";

/**
 * @import { Question } from "./channel.js"
 * @import { EntryInfo, KindInfo } from "./chooser.js"
 * @import { Choices, FieldInfo, Row } from "./form.js"
 * @import { Link } from "./panels.js"
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
 * @param {any} model
 * @param {HTMLElement} el
 * @returns {() => void}
 */
export function openEditor(model, el) {
  const prefix = `formateur-${Math.random().toString(36).slice(2, 7)}`;
  /** @type {any} The last thing Python said. */
  let state = null;
  /** @type {KindInfo[]} */
  let kinds = [];
  /** @type {Map<string, Row>} */
  let rows = new Map();
  let drawnFor = "";
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
  const silence = make("section", { class: "formateur-silence", role: "alert" });
  const offers = make("div", { class: "formateur-offres" });
  const chooser = makeChooser(prefix, {
    choose: (kind, place) => act({ do: "choisir", kind, place }),
    add: (kind, words) => act({ do: "ajouter", kind, title: words }, true),
  });
  const formTitle = make("h3", { id: `${prefix}-titre-formulaire`, tabindex: "-1" });
  const verdict = make("p", { class: "formateur-verdict", role: "status" });
  const fields = make("div");
  const hideButton = makeButton("Masquer", () => actOn(hideButton.value));
  const acts = make(
    "p",
    { class: "formateur-ligne" },
    makeButton("Dupliquer", () => actOn("dupliquer", true)),
    makeButton("Monter", () => actOn("monter")),
    makeButton("Descendre", () => actOn("descendre")),
    hideButton,
    makeButton("Retirer de la liste", () => actOn("retirer")),
  );
  const form = make(
    "section",
    { class: "formateur-formulaire", "aria-labelledby": `${prefix}-titre-formulaire` },
    formTitle,
    verdict,
    fields,
    acts,
  );
  const elsewhere = make(
    "section",
    { class: "formateur-reste", "aria-labelledby": `${prefix}-titre-reste` },
    make("h3", { id: `${prefix}-titre-reste` }, "Ailleurs dans la liste"),
    make("ul"),
  );
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
    silence,
    offers,
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
      make("div", { class: "formateur-gauche" }, chooser.element, form, elsewhere),
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
    if (turning === form.inert) return;
    if (turning && form.contains(document.activeElement)) held = document.activeElement;
    form.inert = turning;
    if (turning || !(held instanceof HTMLElement)) return;
    if (document.activeElement === document.body && held.isConnected) held.focus();
    held = null;
  }

  /** @param {string} what @param {boolean} [focus] */
  function actOn(what, focus = false) {
    act({ do: what, ...state.chosen }, focus);
  }

  /** @param {FieldInfo} field @param {any} value */
  function edited(field, value) {
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

  /** @param {any} answer */
  function receive(answer) {
    try {
      draw(answer);
    } finally {
      hold();
    }
    if (focusNext && !form.inert) {
      focusNext = false;
      formTitle.focus();
    }
  }

  /** @param {any} answer */
  function draw(answer) {
    if (answer.html) {
      preview.draw(answer.html);
      if (state) preview.mark(state.chosen.kind, state.chosenId);
    }
    if ("sound" in answer) tellSound(answer.sound);
    if (answer.kinds) {
      kinds = answer.kinds;
      chooser.setKinds(kinds);
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

  /** @param {any} answer */
  function show(answer) {
    const first = state === null;
    const sent = { entries: state?.entries, choices: state?.choices }; // anew when they change
    const now = { ...sent, ...answer };
    const moved = first || now.chosen.kind !== state.chosen.kind || now.chosenId !== state.chosenId;
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
    drawForm(now);
    tellProblems(now);
    drawOffers(now);
    drawPanel(now);
    if (moved && tabs.open() === "page") preview.show(now.chosen.kind, now.chosenId);
    if (first && !now.toured) tour.start(false);
  }

  /** @param {string[]} of */
  function named(of) {
    return of.flatMap((kind) => {
      /** @type {Map<string, Choices>} */
      const groups = new Map();
      for (const { id, title: words, group } of state.choices[kind] ?? []) {
        const heading = group || kinds.find((each) => each.kind === kind)?.title || kind;
        if (!groups.has(heading)) groups.set(heading, { title: heading, entries: [] });
        groups.get(heading)?.entries.push({ id, title: words });
      }
      return [...groups.values()];
    });
  }

  /** @param {any} now */
  function drawForm(now) {
    const info = kinds.find((each) => each.kind === now.chosen.kind);
    if (!info) return;
    const its = (now.entries[info.kind] ?? []).find(
      (/** @type {EntryInfo} */ each) => each.place === now.chosen.place,
    );
    setText(formTitle, its ? its.title : info.title);
    acts.hidden = !info.one || !its;
    hideButton.hidden = !info.hides;
    hideButton.value = its?.hidden ? "montrer" : "masquer";
    setText(hideButton, its?.hidden ? "Montrer" : "Masquer");
    const key = `${now.chosen.kind} ${now.chosen.place} ${now.chosenId}`;
    if (key !== drawnFor) {
      drawnFor = key;
      rows = new Map(
        info.fields.map((field) => [
          field.key,
          makeRow(field, prefix, named, (value) => edited(field, value)),
        ]),
      );
      fields.replaceChildren(
        ...info.groups.map(([group, heading], place) => {
          const its_ = info.fields
            .filter((field) => field.group === group)
            .map((field) => rows.get(field.key)?.element);
          return place === 0
            ? make("div", { class: "formateur-champs" }, ...its_)
            : make("details", { class: "formateur-champs" }, make("summary", {}, heading), ...its_);
        }),
      );
    }
    for (const [name, row] of rows) {
      const busy = unwritten?.key === name || channel.writing(name); // newer on screen than what Python knows
      if (!busy) row.set(now.values[name]);
    }
  }

  /** @param {any} now */
  function tellProblems(now) {
    const mine = now.problems.filter(
      (/** @type {any} */ each) => each.kind === now.chosen.kind && each.place === now.chosen.place,
    );
    for (const [name, row] of rows) {
      const its = mine.filter((/** @type {any} */ each) => each.key === name);
      row.tell(its);
      const part = row.element.closest("details");
      if (part instanceof HTMLDetailsElement && its.some((/** @type {any} */ each) => each.severe))
        part.open = true;
    }
    const general = mine.filter((/** @type {any} */ each) => !rows.has(each.key));
    const errors = mine.filter((/** @type {any} */ each) => each.severe).length;
    setText(
      verdict,
      [
        errors ? `${counted(errors, "point")} à corriger ici.` : "",
        ...general.map((/** @type {any} */ each) => each.text),
      ]
        .filter(Boolean)
        .join(" "),
    );
    const others = now.problems.filter(
      (/** @type {any} */ each) => !mine.includes(each) && each.severe,
    );
    elsewhere.hidden = !others.length;
    elsewhere.lastElementChild.replaceChildren(
      ...others.map((/** @type {any} */ each) =>
        make(
          "li",
          {},
          make("strong", {}, "À corriger : "),
          each.text,
          " ",
          each.kind
            ? goTo({ kind: each.kind, place: each.place, id: "", title: "Y aller" }, go)
            : `(${each.where})`,
        ),
      ),
    );
  }

  /** @param {Link} link */
  function go(link) {
    act({ do: "choisir", kind: link.kind, place: link.place }, true);
  }

  /** @param {any} now */
  function drawOffers(now) {
    const key = JSON.stringify([now.draft, now.conflict, now.notice]);
    if (offers.dataset.key === key) return;
    offers.dataset.key = key;
    offers.replaceChildren();
    if (now.notice) offers.append(make("p", { class: "formateur-remarque" }, now.notice));
    if (now.draft) {
      offers.append(
        make(
          "section",
          { class: "formateur-brouillon", "aria-label": "Brouillon retrouvé" },
          make(
            "p",
            {},
            `Un brouillon du ${now.draft} n’a pas été enregistré. Voulez-vous le reprendre ?`,
          ),
          make(
            "p",
            { class: "formateur-ligne" },
            makeFirstButton("Reprendre le brouillon", () =>
              act({ do: "brouillon", resume: true }, true),
            ),
            makeButton("Le laisser de côté", () => act({ do: "brouillon", resume: false })),
          ),
        ),
      );
    }
    if (now.conflict) {
      offers.append(
        drawConflict(
          now.conflict,
          {
            mine: () => act({ do: "conflit", keep: "mine" }),
            theirs: () => act({ do: "conflit", keep: "theirs" }),
          },
          prefix,
        ),
      );
      /** @type {HTMLElement} */ (offers.querySelector("h3")).focus();
    }
  }

  /** @param {any} now */
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
      silence.replaceChildren();
      return;
    }
    flush();
    const lost = [...typed].map(([what, text]) => `${what} :\n${text}`).join("\n\n");
    const box = make(
      "textarea",
      { id: `${prefix}-copie`, readonly: true, rows: "6", spellcheck: "false" },
      lost,
    );
    const done = make("span", { role: "status" });
    silence.replaceChildren(
      make("h3", {}, "Python ne répond plus"),
      make(
        "p",
        {},
        lost
          ? `Ce que vous avez tapé reste à l’écran. Copiez-le, puis ${remedy} : le brouillon, gardé à côté de la liste, vous sera proposé.`
          : `Rien n’est perdu : tout ce que vous avez tapé est dans le brouillon, gardé à côté de la liste. Pour le reprendre, ${remedy} : il vous sera proposé.`,
      ),
      ...(lost
        ? [
            make("label", { for: `${prefix}-copie` }, "Pas encore dans le brouillon :"),
            box,
            make(
              "p",
              { class: "formateur-ligne" },
              makeButton("Copier ce que j’ai tapé", () => {
                box.select();
                const copied =
                  navigator.clipboard?.writeText(lost).then(
                    () => true,
                    () => document.execCommand("copy"),
                  ) ?? Promise.resolve(document.execCommand("copy"));
                copied.then((yes) =>
                  setText(done, yes ? "C’est copié." : "Sélectionné : faites Ctrl+C."),
                );
              }),
              done,
            ),
          ]
        : []),
    );
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
