// @ts-check
/**
 * Normalize text for searching: no capitals, accents or curly apostrophes.
 */

/** @param {string} text */
export function normalizeText(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’'\s]+/g, " ")
    .trim();
}
