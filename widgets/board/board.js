// @ts-check
/**
 * The board comes alive: shows and hides what already stands in the page, announces what
 * changed, clears, prints, compares the clock with the hours. Orders nothing, draws nothing,
 * sends nothing.
 *
 * A plain script, so that a page runs it as soon as it is read; `notebook.js` makes the
 * same functions the front end of the anywidget.
 */

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60; // minutes
const SOON = 18 * 60; // minutes: nearer than that, the day goes without saying
const BACK = "Revenir";
// A sheet, in lines of its text: what it holds besides the fixed parts, in three columns.
const SHEET = 42;
const LETTERS = 33; // in a line of one column
const HEADING = 2.5; // lines
const STAYS = ".reperes-tenir, [data-quand=toujours]";

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
 * @returns {() => void} Stops the clock and the listeners.
 */
function enhance(board, onChange) {
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
      part.element.classList.toggle("reperes-nouveau", !!marked);
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
  const overdue = /** @type {HTMLElement} */ (board.querySelector("[data-revoir]"));
  const clock = () => {
    const now = new Date();
    tellTime(board, now.getTime());
    overdue.hidden = now.toISOString() < (overdue.dataset.revoir ?? "");
    const day = now.toLocaleDateString("fr-FR", { dateStyle: "long" }).replace(/^1 /, "1er ");
    date.textContent = `Imprimé le ${day}.`;
  };
  const timer = setInterval(clock, MINUTE);
  document.addEventListener("visibilitychange", clock, { signal });
  addEventListener("beforeprint", clock, { signal });
  addEventListener("beforeprint", () => fitSheet(board), { signal });
  clock();
  update();
  board.dataset.vivant = "";
  return () => {
    clearInterval(timer);
    watch.disconnect();
    leaving.abort();
  };
}

/**
 * Return about how many lines a text takes on paper.
 *
 * @param {Element | null} element
 */
function lines(element) {
  const text = element?.textContent?.replace(/\s+/g, " ") ?? "";
  return Math.ceil(text.length / LETTERS) + 0.25;
}

/**
 * Return how many lines the gestures and the services may take on the sheet, all columns together.
 *
 * @param {HTMLElement} board
 */
function roomOf(board) {
  const urgent = board.querySelectorAll("[data-rubrique=securite] [data-conseil]:not([hidden])");
  let room = 3 * SHEET - (urgent.length ? 3 * HEADING : 0);
  for (const advice of urgent) room -= 0.8 * lines(advice.querySelector(".reperes-court"));
  for (const contact of board.querySelectorAll(".reperes-ici li")) room -= lines(contact);
  return room;
}

/**
 * Leave out of the sheet what it has no room for: the last ones of the longest sections. The
 * first of each stays, what always holds, what stands for a gesture that would be dangerous here.
 *
 * @param {HTMLElement} board
 */
function fitSheet(board) {
  for (const name of ["data-hors-feuille", "data-suite"])
    for (const element of board.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  let room = roomOf(board);
  const lists = board.querySelectorAll(".reperes-gestes .reperes-conseils, .reperes-services > ul");
  const sections = [...lists].map((list) => {
    const items = [...list.querySelectorAll(":scope > :not([hidden], .reperes-secours)")];
    const sizes = new Map(items.map((item) => [item, sizeOf(item)]));
    for (const size of sizes.values()) room -= size;
    if (items.length) room -= HEADING;
    return { list, sizes, loose: items.slice(1).filter((item) => !item.matches(STAYS)) };
  });
  while (room < 0) {
    const most = Math.max(...sections.map(({ loose }) => loose.length));
    const longest = sections.filter(({ loose }) => loose.length === most).pop();
    const last = longest?.loose.pop();
    if (!longest || !last) return; // all that is left has to stay
    last.setAttribute("data-hors-feuille", "");
    room += (longest.sizes.get(last) ?? 0) - (longest.list.hasAttribute("data-suite") ? 0 : 1);
    longest.list.setAttribute("data-suite", "");
  }
}

/** @param {Element} item An advice or a service, as paper shows it. */
function sizeOf(item) {
  const short = item.querySelector(".reperes-court, h4");
  return lines(short) + (item.matches("[data-service]") ? 2.2 : 0); // for whom, how, when
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

/**
 * Copy the sentence before the button that was pressed.
 *
 * @param {Event} event
 * @param {HTMLElement} status Where to say it.
 */
async function copy(event, status) {
  const button = /** @type {HTMLElement} */ (event.target).closest(".reperes-copier");
  const sentence = button?.previousElementSibling;
  if (!button || !sentence) return;
  const text = (sentence.textContent ?? "").replace(/^«\s*|\s*»$/g, "");
  let copied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard (a page served without https): select it, and try as browsers of old did.
    getSelection()?.selectAllChildren(sentence);
    copied = document.execCommand("copy");
  }
  for (const each of document.querySelectorAll("[data-copie]")) each.removeAttribute("data-copie");
  button.toggleAttribute("data-copie", copied);
  status.textContent = copied
    ? "Phrase copiée."
    : "La phrase est sélectionnée : copiez-la avec Ctrl+C, ou par un appui long.";
}

/**
 * Open a door by its first words too, unless they are being selected.
 *
 * @param {Event} event
 */
function openDoor(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const words = target.closest("a,button") ? null : target.closest(".reperes-premiers-mots");
  const door = words?.parentElement?.querySelector("details");
  if (door && getSelection()?.isCollapsed !== false) door.open = true;
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
 * @typedef {{start: number, length: number, weeks: number, day: string, opens: string,
 *   closes: string}} Run
 *   An opening that comes back weekly: minutes since 1970, minutes, how many times, and Paris
 *   time in words; the day is `?` where nobody can say.
 */

/**
 * @param {string} text `start,length,weeks,day,opens,closes`, or `start,length,weeks,?`
 * @returns {Run}
 */
function readRun(text) {
  const [start, length, weeks, day = "?", opens = "", closes = ""] = text.split(",");
  return { start: Number(start), length: Number(length), weeks: Number(weeks), day, opens, closes };
}

/**
 * @param {string} openings `toujours`, or runs separated by `|`.
 * @param {number} now Minutes since 1970.
 * @returns {{open: boolean, text: string} | null} `null` where nobody can say.
 */
function openingNow(openings, now) {
  if (openings === "toujours") return { open: true, text: "Répond maintenant." };
  let next = { at: Infinity, words: "" };
  for (const run of openings.split("|").map(readRun)) {
    const week = Math.max(0, Math.floor((now - run.start) / WEEK));
    const opening = run.start + week * WEEK;
    if (week < run.weeks && opening <= now && now < opening + run.length) {
      const until = run.length < WEEK ? `, jusqu’à ${run.closes}` : "";
      return run.day === "?" ? null : { open: true, text: `Ouvert maintenant${until}.` };
    }
    const coming = opening > now ? week : week + 1;
    const at = run.start + coming * WEEK;
    if (coming < run.weeks && run.day !== "?" && at < next.at) {
      const day = at - now < SOON ? "" : `${run.day} `;
      next = { at, words: `${day}à ${run.opens}` };
    }
  }
  // Nothing more to come: the page is older than the days it knows.
  return next.words ? { open: false, text: `Fermé maintenant, ouvre ${next.words}.` } : null;
}

for (const board of document.querySelectorAll(".reperes-board:not([data-vivant])")) {
  enhance(/** @type {HTMLElement} */ (board));
}
