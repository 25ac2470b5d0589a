// @ts-check
/**
 * The board comes alive: shows and hides what already stands in the page, announces what
 * changed, clears, prints. Orders nothing, sends nothing, and adds nothing to the page but
 * the word that says what is new.
 *
 * `page.js` mounts it in a page, `widget.js` in a cell.
 */

import { copy, follow, openDoor } from "./actions.js";
import { eachMinute, tellAge, tellTime } from "./clock.js";
import { fitSheet } from "./paper_fit.js";

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
 * Says in the page itself what a tick has just added, before its short and its whole words.
 *
 * @param {Part} part
 * @param {boolean} isNew
 */
function mark({ element }, isNew) {
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

/** @param {Element} place */
function readParts(place) {
  return /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-quand]")]).map(readPart);
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
 * Turn into elements what waited as text for its part to be shown.
 *
 * @param {HTMLElement} element
 * @returns {Part[]} The parts it brings.
 */
function wake(element) {
  const asleep = element.querySelector(":scope > noscript");
  if (!asleep) return [];
  const awake = document.createElement("div");
  awake.innerHTML = asleep.textContent ?? ""; // as the autoescaped template wrote it
  asleep.replaceWith(awake);
  return readParts(awake);
}

/**
 * @param {Part[]} parts More are added where one that is shown brings them.
 * @param {Set<string>} ticked
 */
function show(parts, ticked) {
  for (const part of parts) {
    part.element.hidden = !isShown(part, ticked);
    if (!part.element.hidden) parts.push(...wake(part.element)); // and then these, in this loop
  }
}

/**
 * Make a board answer.
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
  const actNow = board.querySelector("[data-rubrique=securite] > :first-child")?.textContent ?? "";
  const go = /** @type {HTMLElement} */ (board.querySelector(".reperes-aller"));
  const calmly = go.textContent;
  let reading = false; // whether the answer is what one looks at
  const leaving = new AbortController();
  const { signal } = leaving;

  /** @param {HTMLInputElement} [box] The box that was just ticked or unticked; none: say nothing. */
  function update(box) {
    const ids = boxes.filter((each) => each.checked).map((each) => each.value);
    const before = new Set([...advice, ...services].filter(isVisible));
    const hadTicks = ids.some((id) => id !== box?.value) || !box?.checked;
    const wasUrgent = board.hasAttribute("data-urgent");
    show(parts, new Set(ids));
    /** @param {Part} part */
    const isNew = (part) => isVisible(part) && !before.has(part);
    const added = advice.filter(isNew);
    const gone = advice.filter((part) => before.has(part) && !isVisible(part));
    for (const part of [...advice, ...services]) {
      // What comes whole needs no marks: the answer to a first tick, the urgent block.
      const marked = hadTicks && box && isNew(part) && (wasUrgent || !isSafety(part));
      mark(part, !!marked);
    }
    const urgent = advice.some((part) => isVisible(part) && isSafety(part));
    board.toggleAttribute("data-urgent", urgent);
    lead();
    if (added.some(isSafety)) result.scrollTop = 0; // its own panel, never the page
    if (box) {
      status.textContent = announcement(urgent ? actNow : forToday(), [
        [added.length, "conseil", "ajouté"],
        [box.checked ? 0 : gone.length, "conseil", "retiré"], // at a tick: replaced by an added one
        [added.length ? 0 : services.filter(isNew).length, "service", "ajouté"],
      ]);
    }
    onChange?.(ids);
  }

  /** What is said first where something is for today. */
  function forToday() {
    return (!today.hidden && today.querySelector("strong")?.textContent) || "";
  }

  /** The bar of a phone leads to the answer, and from there back. */
  function lead() {
    const forward = board.hasAttribute("data-urgent") ? actNow : calmly;
    go.textContent = reading ? BACK : forward;
    go.setAttribute("href", reading ? "#reperes-choix" : "#reperes-resultat");
  }

  const watch = new IntersectionObserver(
    (seen) => {
      reading = seen.some((entry) => entry.isIntersecting);
      lead();
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
  board.addEventListener("click", (event) => follow(board, event), { signal });
  board.addEventListener("click", (event) => copy(event, status), { signal });
  board.addEventListener("click", openDoor, { signal });
  print.addEventListener("click", () => window.print(), { signal });

  const date = /** @type {HTMLElement} */ (board.querySelector(".reperes-date"));
  const clock = (/** @type {Date} */ now) => {
    tellTime(board, now);
    tellAge(board, now);
    const day = now.toLocaleDateString("fr-FR", { dateStyle: "long" }).replace(/^1 /, "1er ");
    date.textContent = `Imprimé le ${day}.`;
  };
  eachMinute(clock, signal);
  addEventListener("beforeprint", () => fitSheet(board), { signal });
  update();
  board.dataset.vivant = "";
  return () => {
    watch.disconnect();
    leaving.abort();
    delete board.dataset.vivant;
  };
}

/**
 * @param {string} lead What comes first; may be empty.
 * @param {[number, string, string][]} changes How many of what, and what became of them.
 */
function announcement(lead, changes) {
  const said = changes
    .filter(([count]) => count)
    .map(([count, ...words]) =>
      [count, ...words.map((word) => word + (count > 1 ? "s" : ""))].join(" "),
    );
  return `${lead && `${lead}. `}${said.join(", ") || "Les conseils affichés restent les mêmes"}.`;
}
