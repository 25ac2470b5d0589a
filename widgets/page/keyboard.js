// @ts-check
/**
 * What is being typed, as far as keys for the whole page have to know.
 */

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} Whether it happened in a field that takes text.
 */
export function isTyping(event) {
  const { target } = event;
  return (
    target instanceof Element &&
    !!target.closest(
      "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]",
    )
  );
}
