// @ts-check
/**
 * « Masquer »: covers the page when somebody comes near, and uncovers it as it was. Escape does
 * the same: it is no character, every keyboard has it in a corner, and what it does it takes back;
 * in a field too, whose words are kept. It keeps its own meaning in a dialog. What a hurried hand
 * presses twice, or holds, covers: only a pointer uncovers at once.
 */

const COVERED = "page-masquee";
const NEUTRAL_TITLE = "Nouvel onglet";
const NEUTRAL_ICON = "data:,";
const HURRY = 400; // milliseconds

/** @param {Document} page */
export function connectCover(page) {
  const button = /** @type {HTMLElement | null} */ (page.querySelector(".page-masquer"));
  if (!button) return;
  // A page saved while it was covered.
  const left = /** @type {HTMLElement | null} */ (page.querySelector(".page-cache"));
  if (left) uncover(page, left);
  /** @type {(pointed?: boolean) => void} */
  let toggle = () => cover();

  function cover() {
    const focused = /** @type {HTMLElement} */ (page.activeElement ?? button);
    const { scrollX, scrollY } = window;
    const since = performance.now();
    const [sheet, back] = draw(page);
    page.documentElement.classList.add(COVERED);
    page.body.prepend(sheet); // above the script, which takes it off a page that was saved
    back.focus();
    toggle = (pointed) => {
      if (!pointed && performance.now() - since < HURRY) return;
      toggle = cover;
      uncover(page, sheet);
      scrollTo(scrollX, scrollY);
      (focused === page.body ? /** @type {HTMLElement} */ (button) : focused).focus({
        preventScroll: true,
      });
    };
    back.addEventListener("click", ({ detail }) => toggle(detail === 1)); // the second of two: 2
  }

  button.addEventListener("click", () => toggle());
  page.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.repeat && target instanceof Element && target.closest(".page-masquer, .page-cache"))
      event.preventDefault();
    if (event.key !== "Escape" || event.repeat || event.defaultPrevented || event.isComposing)
      return;
    // Before a group, it leaves the slides.
    if (page.querySelector("dialog[open], .atelier-groupe")) return;
    event.preventDefault(); // some browsers empty the field
    toggle();
  });
  button.hidden = false;
}

/**
 * Draw the cover, and take the title and the icon away from the tab.
 *
 * @param {Document} page
 * @returns {[HTMLElement, HTMLElement]} It, and its button.
 */
function draw(page) {
  const sheet = page.createElement("div");
  sheet.className = "page-cache";
  const icon = page.querySelector("link[rel=icon]");
  Object.assign(sheet.dataset, { titre: page.title, icone: icon?.getAttribute("href") ?? "" });
  page.title = NEUTRAL_TITLE;
  icon?.setAttribute("href", NEUTRAL_ICON);
  const back = page.createElement("button");
  back.type = "button";
  back.textContent = "Revenir";
  const told = page.createElement("span");
  told.className = "reperes-lu";
  told.textContent = " : tout est masqué, rien n’est effacé. Échap fait la même chose.";
  back.append(told);
  sheet.append(back);
  return [sheet, back];
}

/**
 * @param {Document} page
 * @param {HTMLElement} sheet
 */
function uncover(page, sheet) {
  page.title = sheet.dataset.titre ?? "";
  page.querySelector("link[rel=icon]")?.setAttribute("href", sheet.dataset.icone ?? "");
  sheet.remove();
  page.documentElement.classList.remove(COVERED);
}
