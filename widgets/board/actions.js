// @ts-check
/**
 * What a click does besides ticking: copies a sentence, opens a door, goes to a place.
 */

/**
 * Copy the sentence before the button that was pressed.
 *
 * @param {Event} event
 * @param {HTMLElement} status Where to say it.
 */
export async function copy(event, status) {
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
 * Open a door by its first words too, unless they are being selected.
 *
 * @param {Event} event
 */
export function openDoor(event) {
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
export function follow(board, event) {
  const link = /** @type {HTMLElement} */ (event.target).closest("a[href^='#']");
  const place = link && board.querySelector(/** @type {string} */ (link.getAttribute("href")));
  if (place instanceof HTMLElement) {
    event.preventDefault();
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  }
}
