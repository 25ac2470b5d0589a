// @ts-check
/**
 * The parts of the board: which of them show for a selection, and how those that wait as text
 * become elements.
 */

/**
 * @typedef {{element: HTMLElement, when: string[] | null, unless: string[]}} Part
 *   Shown when one of `when` is selected (`null`: always) and none of `unless` is.
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
 * @param {Element} root
 * @returns {Part[]}
 */
export function readParts(root) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-quand]")]).map(readPart);
}

/**
 * Show the parts that a selection calls for, and hide the others.
 *
 * @param {Part[]} parts
 * @param {Set<string>} selected Ids of ticks, and of the door that is open.
 */
export function showParts(parts, selected) {
  for (const { element, when, unless } of parts) {
    element.hidden = !(
      (!when || when.some((id) => selected.has(id))) &&
      !unless.some((id) => selected.has(id))
    );
  }
}

/**
 * Turn into elements what waits as text within an element.
 *
 * @param {Element} root
 * @returns {Part[]} The parts among them.
 */
export function expandText(root) {
  const parts = [];
  for (const noscript of root.querySelectorAll("noscript")) {
    const fragment = document.createElement("template");
    fragment.innerHTML = noscript.textContent ?? ""; // as the autoescaped template wrote it
    parts.push(...readParts(/** @type {any} */ (fragment.content)));
    noscript.replaceWith(fragment.content);
  }
  return parts;
}
