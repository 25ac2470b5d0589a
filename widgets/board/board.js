// @ts-check
/**
 * The board comes alive: shows and hides what already stands in the page, announces what
 * changed, clears, prints, compares the clock with the hours. Orders nothing, draws nothing,
 * sends nothing.
 *
 * One file for both homes: a page inlines it as a module, a notebook imports it as the
 * front end of the anywidget.
 */

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60; // minutes
const PARIS = "Europe/Paris";

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
 * @param {Part} part
 * @param {Set<string>} ticked
 */
function isShown({ when, unless }, ticked) {
  return (!when || when.some((id) => ticked.has(id))) && !unless.some((id) => ticked.has(id));
}

/**
 * Make a board answer.
 *
 * @param {HTMLElement} board The `.reperes-board` element.
 * @param {(ids: string[]) => void} [onChange] Called with the ticked ids; without it they stay here.
 * @returns {() => void} Stops the clock and the listeners.
 */
export function enhance(board, onChange) {
  const form = /** @type {HTMLFormElement} */ (board.querySelector("form"));
  const status = /** @type {HTMLElement} */ (board.querySelector("[role=status]"));
  const result = /** @type {HTMLElement} */ (board.querySelector(".reperes-resultat"));
  const print = /** @type {HTMLButtonElement} */ (board.querySelector(".reperes-imprimer"));
  const boxes = /** @type {HTMLInputElement[]} */ ([...board.querySelectorAll("input[value]")]);
  const parts = /** @type {HTMLElement[]} */ ([...board.querySelectorAll("[data-quand]")]).map(readPart);
  const advice = parts.filter(({ element }) => element.dataset.conseil);
  const leaving = new AbortController();
  const { signal } = leaving;

  /** @param {boolean} announced */
  function update(announced) {
    const ids = boxes.filter((box) => box.checked).map((box) => box.value);
    const ticked = new Set(ids);
    const before = new Set(advice.filter(({ element }) => !element.hidden));
    const wasUrgent = board.hasAttribute("data-urgent");
    for (const part of parts) part.element.hidden = !isShown(part, ticked);
    const added = advice.filter((part) => !part.element.hidden && !before.has(part));
    const removed = [...before].filter((part) => part.element.hidden);
    for (const part of advice) {
      part.element.classList.toggle("reperes-nouveau", announced && added.includes(part));
    }
    const urgent = advice.some(
      ({ element }) => !element.hidden && element.closest("[data-rubrique=securite]"),
    );
    board.toggleAttribute("data-urgent", urgent);
    if (urgent && !wasUrgent) result.scrollTop = 0; // its own panel, never the page
    if (announced) status.textContent = announcement(added.length, removed.length, urgent && !wasUrgent);
    onChange?.(ids);
  }

  form.addEventListener("change", () => update(true), { signal });
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  form.addEventListener(
    "reset",
    () => {
      // The boxes are only empty once the event is over.
      setTimeout(() => {
        for (const details of board.querySelectorAll("details[open]")) details.removeAttribute("open");
        update(false);
        status.textContent = "Tout est effacé.";
      });
    },
    { signal },
  );
  // Nothing is left for the next person, not even by the Back button.
  addEventListener("pagehide", () => form.reset(), { signal });
  board.addEventListener("click", (event) => follow(board, event), { signal });
  print.addEventListener("click", () => window.print(), { signal });
  print.hidden = false;

  const clock = () => tellTime(board, Date.now());
  const timer = setInterval(clock, MINUTE);
  document.addEventListener("visibilitychange", clock, { signal });
  clock();
  update(false);
  board.dataset.vivant = "";
  return () => {
    clearInterval(timer);
    leaving.abort();
  };
}

/**
 * @param {number} added
 * @param {number} removed
 * @param {boolean} urgent
 */
function announcement(added, removed, urgent) {
  /** @param {number} n @param {string} what */
  const some = (n, what) => `${n} ${n > 1 ? "conseils" : "conseil"} ${what}${n > 1 ? "s" : ""}`;
  const changes = [];
  if (added) changes.push(some(added, "ajouté"));
  if (removed) changes.push(some(removed, "retiré"));
  const said = changes.length ? `${changes.join(", ")}.` : "";
  return urgent ? `Agissez maintenant. ${said}` : said;
}

/**
 * Go to a place of the board without writing it into the address.
 *
 * @param {HTMLElement} board
 * @param {Event} event
 */
function follow(board, event) {
  const link = /** @type {HTMLElement} */ (event.target).closest("a[href^='#']");
  const place = link && board.querySelector(/** @type {string} */ (link.getAttribute("href")));
  if (place instanceof HTMLElement) {
    event.preventDefault();
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  }
}

/**
 * Say which services answer now; nothing past the days the board knows.
 *
 * @param {HTMLElement} board
 * @param {number} now Milliseconds since 1970.
 */
function tellTime(board, now) {
  for (const element of board.querySelectorAll("[data-ouvertures]")) {
    const place = /** @type {HTMLElement} */ (element);
    const said = openingNow(place.dataset.ouvertures ?? "", Math.floor(now / MINUTE));
    place.hidden = !said;
    place.textContent = said ? said.text : "";
    place.dataset.etat = said?.open ? "ouvert" : "ferme";
  }
}

/**
 * @param {string} openings `toujours`, or runs `start,length,weeks` of minutes since 1970,
 *   with `,?` where nobody can say.
 * @param {number} now Minutes since 1970.
 * @returns {{open: boolean, text: string} | null} `null` where nobody can say.
 */
function openingNow(openings, now) {
  if (openings === "toujours") return { open: true, text: "Répond maintenant." };
  let next = Infinity;
  for (const run of openings.split(" ")) {
    const [start, length, weeks, unknown] = run.split(",");
    const week = Math.max(0, Math.floor((now - Number(start)) / WEEK));
    const opening = Number(start) + week * WEEK;
    const closing = opening + Number(length);
    if (week < Number(weeks) && opening <= now && now < closing) {
      if (unknown) return null;
      const until = Number(length) < WEEK ? `, jusqu’à ${clockTime(closing)}` : "";
      return { open: true, text: `Ouvert maintenant${until}.` };
    }
    const coming = opening > now ? week : week + 1;
    if (coming < Number(weeks) && !unknown) next = Math.min(next, Number(start) + coming * WEEK);
  }
  // Nothing more to come: the page is older than the days it knows.
  return next === Infinity ? null : { open: false, text: `Fermé maintenant, ouvre ${dayAndTime(next, now)}.` };
}

/** @param {number} minutes */
function clockTime(minutes) {
  const parts = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: PARIS })
    .formatToParts(minutes * MINUTE);
  /** @param {string} type */
  const part = (type) => Number(parts.find((found) => found.type === type)?.value);
  const [hour, minute] = [part("hour") % 24, part("minute")];
  if (!hour && !minute) return "minuit";
  return `${hour}\u00a0h${minute ? `\u00a0${String(minute).padStart(2, "0")}` : ""}`;
}

/**
 * @param {number} minutes
 * @param {number} now
 */
function dayAndTime(minutes, now) {
  /** @param {number} at */
  const day = (at) => new Intl.DateTimeFormat("fr-FR", { dateStyle: "short", timeZone: PARIS }).format(at * MINUTE);
  const at = `à ${clockTime(minutes)}`;
  if (day(minutes) === day(now)) return `aujourd’hui ${at}`;
  if (day(minutes) === day(now + 24 * 60)) return `demain ${at}`;
  const weekday = new Intl.DateTimeFormat("fr-FR", { weekday: "long", timeZone: PARIS });
  return `${weekday.format(minutes * MINUTE)} ${at}`;
}

/** The front end of the anywidget. */
export default {
  /** @param {{model: any, el: HTMLElement}} context */
  render({ model, el }) {
    let stop = () => {};
    function draw() {
      stop();
      el.innerHTML = model.get("html"); // drawn by the autoescaped template, nothing else
      const board = /** @type {HTMLElement} */ (el.querySelector(".reperes-board"));
      /** @param {string[]} ids */
      const share = (ids) => {
        model.set("selection", ids);
        model.save_changes();
      };
      stop = enhance(board, model.get("shared") ? share : undefined);
    }
    draw();
    model.on("change:html", draw);
    return () => stop();
  },
};

for (const board of document.querySelectorAll(".reperes-board:not([data-vivant])")) {
  enhance(/** @type {HTMLElement} */ (board));
}
