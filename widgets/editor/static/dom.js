// @ts-check
/**
 * Making elements: text is always text, never markup.
 */

/**
 * @param {string} tag
 * @param {Record<string, any>} [with_] Attributes; a function is a listener, `true` an empty attribute.
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function make(tag, with_ = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(with_)) {
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
 * @param {Record<string, any>} [with_]
 * @returns {HTMLButtonElement}
 */
export function makeButton(text, press, with_ = {}) {
  return make("button", { type: "button", class: "reperes-bouton", click: press, ...with_ }, text);
}

/**
 * Say how many, in French.
 *
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count || "aucun"} ${count > 1 ? many : one}`;
}

/**
 * Replace what an element holds only where it changed: what is read aloud stays quiet.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * The one button to press next.
 *
 * @param {string} text
 * @param {() => void} press
 */
export function makeFirstButton(text, press) {
  const button = makeButton(text, press);
  button.classList.add("reperes-bouton-premier");
  return button;
}
