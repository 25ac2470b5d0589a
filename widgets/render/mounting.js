// @ts-check
/**
 * Which widgets of the document are mounted. The element itself remembers it, by a property that
 * every script of the page shares: attributes travel with a page that the browser saves, where
 * no script has run yet.
 */

const MOUNTED = Symbol.for("reperes.mounted");

/**
 * @param {HTMLElement} root
 * @returns {boolean}
 */
export function isMounted(root) {
  return MOUNTED in root;
}

/**
 * Remember that a widget is mounted, and say it to the styles; or that it is no longer.
 *
 * @param {HTMLElement} root
 * @param {boolean} mounted
 */
export function setMounted(root, mounted) {
  if (mounted) Object.assign(root, { [MOUNTED]: true });
  else Reflect.deleteProperty(root, MOUNTED);
  root.toggleAttribute("data-vivant", mounted);
}

/**
 * Put back as it was at first what a browser wrote into a page saved while it was in use: ticks,
 * words typed, what was open. Does nothing to a page as we made it, even if used already.
 *
 * @param {HTMLElement} root Not mounted yet.
 */
export function forgetSaved(root) {
  if (!root.hasAttribute("data-vivant")) return;
  for (const box of root.querySelectorAll("[type=checkbox], [type=radio]"))
    box.toggleAttribute("checked", box.getAttribute("value") === ""); // « Tous »
  for (const field of root.querySelectorAll("[type=search]")) field.removeAttribute("value");
  for (const opened of root.querySelectorAll("[open]")) opened.removeAttribute("open");
  for (const button of root.querySelectorAll("[aria-expanded]"))
    button.setAttribute("aria-expanded", "false");
  root.removeAttribute("data-en-entier");
  for (const status of root.querySelectorAll("[role=status]")) status.textContent = "";
}
