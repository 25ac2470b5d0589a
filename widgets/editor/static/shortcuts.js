// @ts-check
/**
 * Keyboard shortcuts of the editor.
 */

/**
 * Return what a shortcut asks for; nothing where the key is none of ours, as in a text, which the
 * browser undoes by itself.
 *
 * @param {KeyboardEvent} event
 */
export function shortcutOf(event) {
  if (!(event.ctrlKey || event.metaKey)) return "";
  const inText = /** @type {HTMLElement} */ (event.target).matches(
    "textarea, input:not([type=checkbox]):not([type=radio])",
  );
  const undo = event.shiftKey ? "retablir" : "annuler";
  /** @type {Record<string, string>} */
  const actions = { s: "enregistrer", z: inText ? "" : undo, y: inText ? "" : "retablir" };
  return actions[event.key.toLowerCase()] ?? "";
}
