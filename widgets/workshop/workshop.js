// @ts-check
/**
 * The workshop, one screen at a time: progress, navigation, timer, and what was ticked beside
 * what the story says. No score, nothing stored, nothing sent.
 *
 * It mounts its board, then uses it as a person does: by its boxes.
 */

import { mountBoard } from "../board/board.js";
import { expandText } from "../board/parts.js";
import { isMounted, setMounted } from "../render/mounting.js";
import { present, unveil } from "./slides.js";

const SECOND = 1000;
const WARNINGS = new Map([
  [300, "Il reste cinq minutes."],
  [60, "Il reste une minute."],
  [0, "Le temps prévu est écoulé. Prenez celui qu’il vous faut."],
]);

/**
 * @typedef {{step: HTMLElement, vignette: HTMLElement | null}} WorkshopScreen
 *   One thing to show: a step, or one of its stories.
 */

/**
 * Mount the workshop, and its board unless that is mounted already.
 *
 * @param {HTMLElement} root The `.atelier` element.
 * @returns {() => void} Unmounts both: stops the clocks and the listeners.
 */
export function mountWorkshop(root) {
  const controller = new AbortController();
  const { signal } = controller;
  const board = /** @type {HTMLElement} */ (root.querySelector(".reperes-board"));
  expandText(board); // what is ticked in it is compared with each story
  const unmountBoard = isMounted(board) ? undefined : mountBoard(board);
  const form = /** @type {HTMLFormElement} */ (root.querySelector(".atelier-conduite"));
  const advance = /** @type {HTMLElement} */ (root.querySelector(".atelier-avancer"));
  const practice = /** @type {HTMLElement} */ (root.querySelector(".atelier-tableau"));
  const where = /** @type {HTMLElement} */ (root.querySelector(".atelier-ou"));
  const status = /** @type {HTMLElement} */ (root.querySelector(".atelier-annonce"));
  const length = /** @type {HTMLElement} */ (root.querySelector(".atelier-duree"));
  const previous = /** @type {HTMLButtonElement} */ (root.querySelector(".atelier-precedent"));
  const next = /** @type {HTMLButtonElement} */ (root.querySelector(".atelier-suivant"));
  const group = /** @type {HTMLInputElement} */ (form.elements.namedItem("groupe"));
  const leave = /** @type {HTMLButtonElement} */ (root.querySelector(".atelier-quitter-groupe"));
  const steps = elements(root, "[data-etape]");
  const choices = /** @type {HTMLInputElement[]} */ (elements(form, "[name=vignette]"));
  const timer = createTimer(root, status);
  /** @type {WorkshopScreen} */
  let current = { step: /** @type {HTMLElement} */ (steps[0]), vignette: null };
  let part = 0; // before a group: what is shown last of the screen
  let parts = 1;

  const isShort = () => new FormData(form).get("parcours") === "court";

  /** @param {HTMLElement} step */
  const minutesOf = (step) =>
    Number((isShort() ? step.dataset.minutesCourt : step.dataset.minutes) ?? 0);

  /** @returns {WorkshopScreen[]} */
  function screens() {
    return steps.filter(minutesOf).flatMap((step) => [
      { step, vignette: null },
      ...elements(step, "[data-vignette]")
        .filter((vignette) => choices.some((box) => box.checked && box.value === vignette.id))
        .map((vignette) => ({ step, vignette })),
    ]);
  }

  /** @param {WorkshopScreen} screen */
  const minutesAt = ({ step, vignette }) =>
    vignette ? Number(vignette.dataset.minutes) : minutesOf(step);

  /** @param {WorkshopScreen[]} all */
  const currentIndex = (all) =>
    all.findIndex(({ step, vignette }) => step === current.step && vignette === current.vignette);

  function show() {
    const all = screens();
    if (currentIndex(all) < 0) {
      current =
        all.find(({ step }) => step === current.step) ?? /** @type {WorkshopScreen} */ (all[0]);
    }
    const { step, vignette } = current;
    for (const each of steps) each.hidden = each !== step;
    for (const each of elements(step, "[data-vignette]")) each.hidden = each !== vignette;
    const text = /** @type {HTMLElement} */ (step.querySelector(":scope > .atelier-texte"));
    const notes = /** @type {HTMLElement} */ (step.querySelector(":scope > .atelier-notes"));
    text.hidden = notes.hidden = vignette !== null;
    practice.hidden = vignette === null;
    const shownSteps = [...new Set(all.map((screen) => screen.step))];
    for (const button of elements(form, "[data-vers]")) {
      const target = shownSteps.find((each) => each.id === button.dataset.vers);
      /** @type {HTMLElement} */ (button.parentElement).hidden = !target;
      if (target === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
    const stories = all.filter((screen) => screen.step === step && screen.vignette);
    const story = stories.findIndex((screen) => screen.vignette === vignette);
    where.textContent = [
      `Étape ${shownSteps.indexOf(step) + 1} sur ${shownSteps.length}`,
      story < 0 ? "" : `, vignette ${story + 1} sur ${stories.length}`,
    ].join("");
    if (group.checked) ({ at: part, count: parts } = present(step, vignette, practice, part));
    previous.disabled = currentIndex(all) === 0 && !(group.checked && part > 0);
    next.disabled = currentIndex(all) === all.length - 1 && !(group.checked && part < parts - 1);
    length.textContent = `Durée prévue : ${all.reduce((sum, each) => sum + minutesAt(each), 0)} minutes.`;
    timer.plan(minutesAt(current));
  }

  /**
   * @param {WorkshopScreen | undefined} screen
   * @param {number} [at] Before a group: which part of it.
   */
  function go(screen, at = 0) {
    if (!screen) return;
    part = at;
    if (screen.vignette !== current.vignette) {
      tickOnly(board, []);
      for (const details of elements(root, ".atelier-revelation[open]"))
        details.removeAttribute("open");
    }
    current = screen;
    show();
    const shown = screen.vignette ?? screen.step;
    const heading = /** @type {HTMLElement} */ (shown.querySelector("[tabindex='-1']"));
    if (!group.checked) root.scrollIntoView();
    heading.focus({ preventScroll: true });
  }

  /** @param {number} by */
  function move(by) {
    const all = screens();
    if (group.checked && part + by >= 0 && part + by < parts) {
      part += by;
      show();
    } else go(all[currentIndex(all) + by], by > 0 ? 0 : Number.POSITIVE_INFINITY);
  }

  function updateGroup() {
    root.classList.toggle("atelier-groupe", group.checked);
    leave.hidden = !group.checked;
    part = 0;
    unveil(root);
    show();
  }

  const leaveGroup = () => {
    group.checked = false;
    updateGroup();
    root.scrollIntoView();
    group.focus({ preventScroll: true });
  };
  leave.addEventListener("click", leaveGroup, { signal });
  addEventListener("resize", () => group.checked && show(), { signal });
  previous.addEventListener("click", () => move(-1), { signal });
  next.addEventListener("click", () => move(1), { signal });
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  form.addEventListener(
    "click",
    (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("[data-vers]");
      const { vers } = /** @type {HTMLElement | null} */ (button)?.dataset ?? {};
      if (vers) go(screens().find(({ step }) => step.id === vers));
    },
    { signal },
  );
  form.addEventListener(
    "change",
    (event) => {
      const { name } = /** @type {HTMLInputElement} */ (event.target);
      if (name === "parcours") {
        const path = isShort() ? "court" : "long";
        for (const box of choices)
          box.checked = (box.dataset.parcours ?? "").split(" ").includes(path);
      }
      if (name === "groupe") updateGroup();
      else show();
      status.textContent = length.textContent;
    },
    { signal },
  );
  form.addEventListener(
    "reset",
    () => {
      setTimeout(() => {
        updateGroup();
        timer.stop();
        go(screens()[0]);
      });
    },
    { signal },
  );
  addEventListener("pagehide", () => form.reset(), { signal });
  root.ownerDocument.addEventListener(
    "keydown",
    (event) => {
      if (!group.checked) return;
      if (event.key === "Escape") leaveGroup();
      else turnPage(event, move);
    },
    { signal },
  );
  connectBoard(root, board, signal);

  // A page saved while it was projected, or the timer ran, says so still.
  root.classList.toggle("atelier-groupe", group.checked);
  timer.stop();
  form.hidden = advance.hidden = false;
  show();
  setMounted(root, true);
  return () => {
    timer.stop();
    controller.abort();
    unmountBoard?.();
    setMounted(root, false);
  };
}

/**
 * Turn the pages with arrows, or with the two keys of a presenter's remote control, wherever the
 * focus is: a box that was just ticked takes no arrow.
 *
 * @param {KeyboardEvent} event
 * @param {(by: number) => void} move
 */
function turnPage(event, move) {
  const { key, target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target instanceof HTMLElement && target.closest("input:not([type=checkbox]), select")) return;
  if (key === "ArrowRight" || key === "PageDown") move(1);
  else if (key === "ArrowLeft" || key === "PageUp") move(-1);
  else return;
  event.preventDefault();
}

/**
 * Connect the board to the stories: show what is ticked beside what the story says.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} board
 * @param {AbortSignal} signal
 */
function connectBoard(root, board, signal) {
  const compareAll = () => {
    for (const vignette of elements(root, "[data-vignette]:not([hidden])"))
      compare(vignette, board);
  };
  for (const vignette of elements(root, "[data-vignette]")) {
    const button = /** @type {HTMLButtonElement} */ (vignette.querySelector(".atelier-montrer"));
    button.hidden = false;
    button.addEventListener(
      "click",
      () => {
        tickOnly(
          board,
          elements(vignette, "[data-coche]").map(({ dataset }) => dataset.coche ?? ""),
        );
        board.scrollIntoView();
        /** @type {HTMLElement | null} */ (board.querySelector("input:checked"))?.focus({
          preventScroll: true,
        });
      },
      { signal },
    );
    vignette
      .querySelector(".atelier-revelation")
      ?.addEventListener("toggle", compareAll, { signal });
  }
  board.addEventListener("change", compareAll, { signal });
}

/**
 * Write what is the same and what is not: no more, and no count.
 *
 * @param {HTMLElement} vignette
 * @param {HTMLElement} board
 */
function compare(vignette, board) {
  const boxes = /** @type {HTMLInputElement[]} */ (elements(board, "input[value]:checked"));
  const ticked = new Set(boxes.map(({ value }) => value));
  const expected = elements(vignette, "[data-coche]");
  for (const item of expected) {
    const mark = comparisonOf(item);
    const both = ticked.delete(item.dataset.coche ?? "");
    mark.textContent = both ? " – vous aussi" : " – pas sur votre tableau";
    mark.hidden = !boxes.length;
  }
  const more = /** @type {HTMLElement} */ (vignette.querySelector(".atelier-en-plus"));
  const labels = boxes
    .filter(({ value }) => ticked.has(value))
    .map((box) => `« ${box.closest("label")?.textContent?.trim() ?? box.value} »`);
  more.textContent = labels.length
    ? `Vous avez aussi coché ${labels.join(", ")}. L’histoire le dit-elle, ou l’avez-vous imaginé ?`
    : "";
}

/**
 * @param {HTMLElement} item
 * @returns {HTMLElement} Where it is written whether the board has it too.
 */
function comparisonOf(item) {
  const there = /** @type {HTMLElement | null} */ (item.querySelector(".atelier-compare"));
  if (there) return there;
  const made = document.createElement("span");
  made.className = "atelier-compare";
  return item.appendChild(made);
}

/**
 * Tick these boxes of the board and no others, opening the sections they are in.
 *
 * @param {HTMLElement} board
 * @param {string[]} ids
 */
function tickOnly(board, ids) {
  const boxes = /** @type {HTMLInputElement[]} */ (elements(board, "input[value]"));
  const changed = boxes.filter((box) => box.checked !== ids.includes(box.value));
  for (const box of changed) box.checked = !box.checked;
  for (const box of boxes) {
    const details = box.closest("details");
    if (box.checked && details) details.open = true;
  }
  changed[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * Create the timer of whoever leads; it announces five minutes, one, and the end.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} status
 */
function createTimer(root, status) {
  const planned = /** @type {HTMLElement} */ (root.querySelector(".atelier-prevu"));
  const left = /** @type {HTMLElement} */ (root.querySelector(".atelier-reste"));
  const button = /** @type {HTMLButtonElement} */ (root.querySelector(".atelier-lancer"));
  let minutes = 0;
  let end = 0;
  let before = 0; // the seconds that were left last time: a busy page skips some
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticking;

  function stop() {
    clearInterval(ticking);
    ticking = undefined;
    left.hidden = true;
    button.textContent = "Lancer le minuteur";
  }

  function update() {
    const seconds = Math.max(0, Math.round((end - performance.now()) / SECOND));
    left.textContent = `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
    for (const [at, warning] of WARNINGS)
      if (seconds <= at && at < before) status.textContent = warning;
    before = seconds;
    if (!seconds) {
      clearInterval(ticking);
      ticking = undefined;
      button.textContent = "Relancer le minuteur";
    }
  }

  button.addEventListener("click", () => {
    if (ticking !== undefined) return stop();
    end = performance.now() + minutes * 60 * SECOND;
    before = minutes * 60 + 1;
    left.hidden = false;
    button.textContent = "Arrêter le minuteur";
    ticking = setInterval(update, SECOND);
    update();
  });
  return {
    stop,
    /** @param {number} count How many minutes are planned for what is shown now. */
    plan(count) {
      if (count !== minutes) stop();
      minutes = count;
      planned.textContent = `Prévu : ${count} min.`;
    },
  };
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function elements(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}
