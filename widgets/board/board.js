// @ts-check
/**
 * The board's behaviour: shows and hides what is already in the page, announces changes,
 * clears, prints. It sorts nothing, sends nothing, and adds nothing to the page but the word
 * that marks what is new.
 *
 * `page.js` mounts it in a page, `widget.js` in a cell.
 */

import { copySentence, followLink, openMoment } from "./actions.js";
import { eachMinute, showOverdue, showOpenings } from "./clock.js";
import { fitToSheet } from "./paper_fit.js";

const BACK = "Revenir";
const NEW = "Nouveau "; // what follows is a sentence of its own
const NEW_BEFORE = ".reperes-court, .reperes-texte > p:first-child";

/**
 * @typedef {{element: HTMLElement, when: string[] | null, unless: string[]}} Part
 *   Shown when one of `when` is ticked (`null`: always) and none of `unless` is.
 */

/**
 * @param {HTMLElement} element
 * @returns {Part}
 */
function readPart(element) {
  const { quand = "", sauf } = element.dataset;
  return {
    element,
    when: quand === "toujours" ? null : quand.split(" "),
    unless: sauf ? sauf.split(" ") : [],
  };
}

/**
 * Mark in the page what a tick has just added, before its short and its complete text.
 *
 * @param {Part} part
 * @param {boolean} isNew
 */
function markNew({ element }, isNew) {
  element.classList.toggle("reperes-nouveau", isNew);
  for (const word of element.querySelectorAll(".reperes-neuf")) word.remove();
  if (!isNew || !element.dataset.conseil) return;
  for (const start of element.querySelectorAll(NEW_BEFORE)) {
    const word = document.createElement("span");
    word.className = "reperes-neuf";
    word.textContent = NEW;
    start.prepend(word);
  }
}

/** @param {Element} root */
function readParts(root) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-quand]")]).map(readPart);
}

/**
 * @param {Part} part
 * @param {Set<string>} ticked
 */
function isShown({ when, unless }, ticked) {
  return (!when || when.some((id) => ticked.has(id))) && !unless.some((id) => ticked.has(id));
}

/** @param {Part} part */
function isVisible({ element }) {
  return !element.hidden;
}

/** @param {Part} part */
function isSafety({ element }) {
  return !!element.closest("[data-rubrique=securite]");
}

/**
 * Turn into elements the reasons of a part, which are text until it is first shown.
 *
 * @param {HTMLElement} element
 * @returns {Part[]} The parts among them.
 */
function expandReasons(element) {
  const noscript = element.querySelector(":scope > noscript");
  if (!noscript) return [];
  const expanded = document.createElement("div");
  expanded.innerHTML = noscript.textContent ?? ""; // as the autoescaped template wrote it
  noscript.replaceWith(expanded);
  return readParts(expanded);
}

/**
 * @param {Part[]} parts More are added where one that is shown contains them.
 * @param {Set<string>} ticked
 */
function showParts(parts, ticked) {
  for (const part of parts) {
    part.element.hidden = !isShown(part, ticked);
    if (!part.element.hidden) parts.push(...expandReasons(part.element)); // and then these, in this loop
  }
}

/**
 * Mount a board: attach its listeners and its clock.
 *
 * @param {HTMLElement} board The `.reperes-board` element.
 * @param {(ids: string[]) => void} [onChange] Called with the ticked ids; without it they stay here.
 * @returns {() => void} Unmounts it: stops the clock and the listeners.
 */
export function mountBoard(board, onChange) {
  const form = /** @type {HTMLFormElement} */ (board.querySelector("form"));
  const status = /** @type {HTMLElement} */ (board.querySelector("[role=status]"));
  const result = /** @type {HTMLElement} */ (board.querySelector(".reperes-resultat"));
  const print = /** @type {HTMLButtonElement} */ (board.querySelector(".reperes-imprimer"));
  const boxes = /** @type {HTMLInputElement[]} */ ([...board.querySelectorAll("input[value]")]);
  const parts = readParts(board);
  const advice = parts.filter(({ element }) => element.dataset.conseil);
  const services = parts.filter(({ element }) => element.dataset.service);
  const today = /** @type {HTMLElement} */ (board.querySelector("[data-chapo=aujourdhui]"));
  const urgentLabel =
    board.querySelector("[data-rubrique=securite] > :first-child")?.textContent ?? "";
  const link = /** @type {HTMLElement} */ (board.querySelector(".reperes-aller"));
  const defaultLabel = link.textContent;
  let atAnswer = false; // whether the answer is in view
  const controller = new AbortController();
  const { signal } = controller;

  /** @param {HTMLInputElement} [box] The box just ticked or unticked; none: announce nothing. */
  function update(box) {
    const ids = boxes.filter((each) => each.checked).map((each) => each.value);
    const before = new Set([...advice, ...services].filter(isVisible));
    const hadTicks = ids.some((id) => id !== box?.value) || !box?.checked;
    const wasUrgent = board.hasAttribute("data-urgent");
    showParts(parts, new Set(ids));
    /** @param {Part} part */
    const isNew = (part) => isVisible(part) && !before.has(part);
    const added = advice.filter(isNew);
    const gone = advice.filter((part) => before.has(part) && !isVisible(part));
    for (const part of [...advice, ...services]) {
      // What comes all at once needs no marks: the answer to a first tick, the urgent block.
      const marked = hadTicks && box && isNew(part) && (wasUrgent || !isSafety(part));
      markNew(part, !!marked);
    }
    const urgent = advice.some((part) => isVisible(part) && isSafety(part));
    board.toggleAttribute("data-urgent", urgent);
    updateLink();
    if (added.some(isSafety)) result.scrollTop = 0; // its own panel, never the page
    if (box) {
      status.textContent = changeMessage(urgent ? urgentLabel : todayNotice(), [
        [added.length, "conseil", "ajouté"],
        [box.checked ? 0 : gone.length, "conseil", "retiré"], // at a tick: replaced by an added one
        [added.length ? 0 : services.filter(isNew).length, "service", "ajouté"],
      ]);
    }
    onChange?.(ids);
  }

  /** Return what is announced first where something is for today. */
  function todayNotice() {
    return (!today.hidden && today.querySelector("strong")?.textContent) || "";
  }

  /** Update the bar of a phone: it links to the answer, and from there back. */
  function updateLink() {
    const forward = board.hasAttribute("data-urgent") ? urgentLabel : defaultLabel;
    link.textContent = atAnswer ? BACK : forward;
    link.setAttribute("href", atAnswer ? "#reperes-choix" : "#reperes-resultat");
  }

  const watch = new IntersectionObserver(
    (entries) => {
      atAnswer = entries.some((entry) => entry.isIntersecting);
      updateLink();
    },
    { rootMargin: "-45% 0px -45% 0px" },
  );
  watch.observe(result);

  form.addEventListener(
    "change",
    (event) => update(/** @type {HTMLInputElement} */ (event.target)),
    { signal },
  );
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  form.addEventListener(
    "reset",
    () => {
      // The boxes are only empty once the event is over.
      setTimeout(() => {
        for (const details of board.querySelectorAll("details[open]"))
          details.removeAttribute("open");
        update();
        status.textContent = "Tout est effacé.";
        board.querySelector(".reperes-choix")?.scrollIntoView();
      });
    },
    { signal },
  );
  // Nothing is left for the next person, not even by the Back button.
  addEventListener("pagehide", () => form.reset(), { signal });
  board.addEventListener("click", (event) => followLink(board, event), { signal });
  board.addEventListener("click", (event) => copySentence(event, status), { signal });
  board.addEventListener("click", openMoment, { signal });
  print.addEventListener("click", () => window.print(), { signal });

  const date = /** @type {HTMLElement} */ (board.querySelector(".reperes-date"));
  const clock = (/** @type {Date} */ now) => {
    showOpenings(board, now);
    showOverdue(board, now);
    const day = now.toLocaleDateString("fr-FR", { dateStyle: "long" }).replace(/^1 /, "1er ");
    date.textContent = `Imprimé le ${day}.`;
  };
  eachMinute(clock, signal);
  addEventListener("beforeprint", () => fitToSheet(board), { signal });
  update();
  board.dataset.vivant = "";
  return () => {
    watch.disconnect();
    controller.abort();
    delete board.dataset.vivant;
  };
}

/**
 * @param {string} lead The start of the message; may be empty.
 * @param {[number, string, string][]} changes Count, noun and participle of each.
 */
function changeMessage(lead, changes) {
  const counts = changes
    .filter(([count]) => count)
    .map(([count, ...words]) =>
      [count, ...words.map((word) => word + (count > 1 ? "s" : ""))].join(" "),
    );
  return `${lead && `${lead}. `}${counts.join(", ") || "Les conseils affichés restent les mêmes"}.`;
}
