// @ts-check
/**
 * Click handlers besides ticking: copy a sentence, open a moment, follow a link.
 */

/**
 * Copy the sentence before the button that was pressed.
 *
 * @param {Event} event
 * @param {HTMLElement} status Where to announce it.
 */
export async function copySentence(event, status) {
  const button = /** @type {HTMLElement} */ (event.target).closest(".reperes-copier");
  const sentence = button?.previousElementSibling;
  if (!button || !sentence) return;
  const text = (sentence.textContent ?? "").replace(/^«\s*|\s*»$/g, "");
  const copied = await toClipboard(text, () => getSelection()?.selectAllChildren(sentence));
  for (const each of document.querySelectorAll("[data-copie]")) each.removeAttribute("data-copie");
  button.toggleAttribute("data-copie", copied);
  status.textContent = copied
    ? "Phrase copiée."
    : "La phrase est sélectionnée : copiez-la avec Ctrl+C, ou par un appui long.";
}

/**
 * @param {string} text
 * @param {() => void} select Selects it on screen.
 * @returns {Promise<boolean>} Whether it was copied; otherwise it is selected.
 */
export async function toClipboard(text, select) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard (a page served without https): select it, and try as browsers of old did.
    select();
    return document.execCommand("copy");
  }
}

/**
 * Open a moment by a click on its first words too, unless they are being selected.
 *
 * @param {Event} event
 */
export function openMoment(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const words = target.closest("a,button") ? null : target.closest(".reperes-premiers-mots");
  const summary = words?.parentElement?.querySelector("summary");
  if (summary && getSelection()?.isCollapsed !== false) summary.click();
}

/**
 * Go to the target of a link within the board without writing it into the address.
 *
 * @param {HTMLElement} board
 * @param {Event} event
 */
export function followLink(board, event) {
  const link = /** @type {HTMLElement} */ (event.target).closest("a[href^='#']");
  if (link?.matches("[href^='#source'], .reperes-vers-sources")) openSources(board);
  const target = link && board.querySelector(/** @type {string} */ (link.getAttribute("href")));
  if (target instanceof HTMLElement) {
    event.preventDefault();
    target.scrollIntoView();
    if (target.tabIndex < 0) target.tabIndex = -1; // able to have the focus, out of the order of keys
    target.focus({ preventScroll: true });
  }
}

/**
 * Show the sources, whole, before one goes to them.
 *
 * @param {HTMLElement} board
 */
function openSources(board) {
  if (!board.hasAttribute("data-reponse"))
    /** @type {HTMLElement} */ (board.querySelector(".reperes-tout")).click();
  const why = /** @type {HTMLElement | null} */ (board.querySelector(".reperes-pourquoi"));
  if (why?.getAttribute("aria-expanded") === "false") why.click();
}
