// @ts-check
/**
 * Looking for words as one can type them: without capitals, accents or curly apostrophes.
 */

/** @param {string} text */
export function plainly(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’'\s]+/g, " ")
    .trim();
}
