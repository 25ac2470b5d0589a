// @ts-check
/**
 * Create elements: text is always text, never markup.
 */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] A function is a listener, `true` an empty attribute.
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.filter((child) => child || child === "").map((child) => child || ""));
  return element;
}

/**
 * @param {string} text
 * @param {() => void} press
 * @param {Record<string, any>} [attributes]
 * @returns {HTMLButtonElement}
 */
export function makeButton(text, press, attributes = {}) {
  return make(
    "button",
    { type: "button", class: "reperes-bouton", click: press, ...attributes },
    text,
  );
}

/**
 * Return a count with its noun, in French.
 *
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count || "aucun"} ${count > 1 ? many : one}`;
}

/**
 * Set the text of an element only where it changed, so that live regions stay quiet.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Create the primary button.
 *
 * @param {string} text
 * @param {() => void} press
 * @param {Record<string, any>} [attributes]
 */
export function makePrimaryButton(text, press, attributes) {
  const button = makeButton(text, press, attributes);
  button.classList.add("reperes-bouton-premier");
  return button;
}

/** @typedef {[string, boolean][]} Pieces A text in pieces, each with whether only this one has it. */

/**
 * Draw one of two texts: what only it has is marked.
 *
 * @param {Pieces} pieces
 * @returns {(Node | string)[]}
 */
export function drawPieces(pieces) {
  return pieces.map(([text, only]) => (only ? make("mark", {}, text) : text));
}
