// @ts-check
/**
 * The board's behaviour: shows, hides and folds what is already in the page, announces changes,
 * clears, prints. It sorts nothing, sends nothing, and adds nothing to the page but the word
 * that marks what is new and the list of what is ticked.
 *
 * `page.js` mounts it in a page, `widget.js` in a cell.
 */

import { copySentence, followLink, openMoment } from "./actions.js";
import { connectCallSheet } from "./call_sheet.js";
import { forgetSaved, setMounted } from "../render/mounting.js";
import { eachMinute, showOverdue, showOpenings } from "./clock.js";
import { foldAnswer, unfoldAnswer } from "./folds.js";
import { fitToSheet } from "./paper_fit.js";
import { expandText, readParts, showParts } from "./parts.js";
import { showReasons, showTicked } from "./ticked.js";

const NEW = "Nouveau "; // what follows is a sentence of its own
const ONE_COLUMN = "(max-width: 59.99rem)";

/** @typedef {import("./parts.js").Part} Part */

/** @param {Part} part */
const isVisible = ({ element }) => !element.hidden;

/**
 * Mount a board: attach its listeners and its clock.
 *
 * @param {HTMLElement} board The `.reperes-board` element.
 * @param {(ids: string[]) => void} [onChange] Called with the ticked ids; without it they stay here.
 * @returns {() => void} Unmounts it: stops the clock and the listeners.
 */
export function mountBoard(board, onChange) {
  /** @param {string} selector */
  const one = (selector) => /** @type {HTMLElement} */ (board.querySelector(selector));
  const form = /** @type {HTMLFormElement} */ (board.querySelector("form"));
  const status = one("[role=status]");
  const answer = one(".reperes-reponse");
  const all = one(".reperes-tout");
  const doors = /** @type {HTMLDetailsElement[]} */ ([
    ...board.querySelectorAll(".reperes-porte > details"),
  ]);
  const narrow = matchMedia(ONE_COLUMN);
  forgetSaved(board);
  const parts = readParts(board);
  const controller = new AbortController();
  const { signal } = controller;
  const callSheet = connectCallSheet(board, signal);

  const boxes = () =>
    /** @type {HTMLInputElement[]} */ ([...board.querySelectorAll("input[value]")]);
  const openDoor = () => doors.find((door) => door.open);
  const wantsAll = () => all.getAttribute("aria-expanded") === "true";
  const date = one(".reperes-date");
  const clock = (/** @type {Date} */ now) => {
    showOpenings(board, now);
    showOverdue(board, now);
  };

  /**
   * Bring to life what waits as text in a part of the page; nothing is asked of anybody.
   *
   * @param {Element} root
   */
  function expand(root) {
    const found = expandText(root);
    parts.push(...found);
    if (found.some(({ element }) => element.dataset.service)) clock(new Date());
  }

  const selection = () => {
    const ids = boxes()
      .filter((box) => box.checked)
      .map((box) => box.value);
    const door = openDoor()?.closest("[data-moment]")?.getAttribute("data-moment");
    return { ids, selected: new Set(door ? [...ids, door] : ids) };
  };

  /** @param {HTMLInputElement} [box] The box just ticked or unticked; none: mark nothing as new. */
  function update(box) {
    const { ids, selected } = selection();
    const chosen = selected.size > 0;
    if (chosen || wantsAll()) expand(answer);
    const before = new Set(parts.filter(isVisible));
    const wasUrgent = board.hasAttribute("data-urgent");
    showParts(parts, selected);
    const call = callSheet.firstCall();
    board.toggleAttribute("data-choix", chosen);
    board.toggleAttribute("data-reponse", chosen || wantsAll());
    board.toggleAttribute("data-urgent", !!call);
    if (chosen || wantsAll()) foldAnswer(answer, !!call);
    callSheet.update(call);
    showTicked(board, boxes());
    if (board.hasAttribute("data-en-entier"))
      showReasons(
        answer,
        boxes().filter((each) => each.checked),
        openDoor(),
      );
    const changed = answerParts().filter((part) => isVisible(part) !== before.has(part));
    // What comes all at once needs no marks: the answer to a first tick, the urgent block.
    const isFirst = !box || !ids.some((id) => id !== box.value || !box.checked);
    markNew(isFirst || (call && !wasUrgent) ? [] : changed.filter(isVisible));
    if (box)
      announce(
        changed.length ? "La réponse a changé." : "Les conseils affichés restent les mêmes.",
      );
    onChange?.(ids);
  }

  const answerParts = () =>
    parts.filter(({ element }) => element.dataset.conseil ?? element.dataset.service);

  /** @param {Part[]} added Marked in the page, and only they. */
  function markNew(added) {
    for (const { element } of answerParts()) element.classList.remove("reperes-nouveau");
    for (const word of answer.querySelectorAll(".reperes-neuf")) word.remove();
    for (const { element } of added) {
      element.classList.add("reperes-nouveau");
      const word = document.createElement("span");
      word.className = "reperes-neuf";
      word.textContent = NEW;
      if (element.dataset.conseil) element.querySelector("p")?.prepend(word);
    }
  }

  /** @param {string} what Said after what cannot wait. */
  function announce(what) {
    const call = callSheet.firstCall();
    const today = one("[data-chapo=aujourdhui]:not([hidden]) strong");
    const lead = call
      ? `Agissez maintenant : ${call.textContent?.trim().toLowerCase() ?? ""}`
      : today?.textContent;
    status.textContent = `${lead ? `${lead}. ` : ""}${what}`;
  }

  /** @param {HTMLDetailsElement} door It was opened or closed. */
  function turn(door) {
    if (door.open) for (const other of doors) if (other !== door) other.open = false;
    update();
    if (!door.open) return;
    announce("Voici quoi faire, en 3 étapes.");
    if (narrow.matches) door.closest("section")?.scrollIntoView();
    else openOnlyList(door);
  }

  form.addEventListener(
    "change",
    (event) => {
      const box = /** @type {HTMLInputElement} */ (event.target);
      update(box.value ? box : undefined);
    },
    { signal },
  );
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  form.addEventListener(
    "reset",
    () => {
      for (const details of board.querySelectorAll("details[open]"))
        details.removeAttribute("open");
      all.setAttribute("aria-expanded", "false");
      // The boxes are only empty once the event is over.
      setTimeout(() => {
        update();
        status.textContent = "Tout est effacé.";
        if (board.closest(".reperes-page")) scrollTo(0, 0);
        else board.scrollIntoView();
        one(".reperes-choix").focus({ preventScroll: true });
      });
    },
    { signal },
  );
  // Nothing is left for the next person, not even by the Back button.
  addEventListener("pagehide", () => form.reset(), { signal });
  for (const details of board.querySelectorAll("[data-moment] > details")) {
    const wake = () => {
      expand(answer);
      expand(details);
    };
    // As soon as somebody comes near: when it opens, what it shows is there.
    for (const event of ["pointerover", "pointerdown", "focusin", "click"])
      details.querySelector("summary")?.addEventListener(event, wake, { signal });
  }
  for (const door of doors) door.addEventListener("toggle", () => turn(door), { signal });
  all.addEventListener(
    "click",
    () => {
      all.setAttribute("aria-expanded", String(!wantsAll()));
      update();
    },
    { signal },
  );
  answer.addEventListener(
    "click",
    (event) => {
      const why = /** @type {HTMLElement} */ (event.target).closest(".reperes-pourquoi");
      if (!why) return;
      const opened = why.getAttribute("aria-expanded") !== "true";
      why.setAttribute("aria-expanded", String(opened));
      board.toggleAttribute("data-en-entier", opened);
      if (opened)
        showReasons(
          answer,
          boxes().filter((box) => box.checked),
          openDoor(),
        );
    },
    { signal },
  );
  board.addEventListener("click", (event) => followLink(board, event), { signal });
  board.addEventListener("click", (event) => copySentence(event, status), { signal });
  board.addEventListener("click", openMoment, { signal });
  one(".reperes-imprimer").addEventListener("click", () => window.print(), { signal });
  addEventListener(
    "beforeprint",
    () => {
      // Only now: to write a date in words is slow.
      const day = new Date().toLocaleDateString("fr-FR", { dateStyle: "long" });
      date.textContent = `Imprimé le ${day.replace(/^1 /, "1er ")}.`;
      expand(answer);
      showParts(parts, selection().selected);
      const urgent = !!callSheet.firstCall();
      foldAnswer(answer, urgent);
      fitToSheet(board, unfoldAnswer(answer, urgent));
    },
    { signal },
  );
  addEventListener("afterprint", () => foldAnswer(answer, !!callSheet.firstCall()), { signal });
  eachMinute(clock, signal);
  update();
  setMounted(board, true);
  return () => {
    controller.abort();
    setMounted(board, false);
  };
}

/**
 * Open what a door has to tick, where there is room beside the answer and one list only.
 *
 * @param {HTMLDetailsElement} door
 */
function openOnlyList(door) {
  const lists = door.querySelectorAll(".reperes-cocher");
  if (lists.length === 1) /** @type {HTMLDetailsElement} */ (lists[0]).open = true;
}
