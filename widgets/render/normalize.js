// @ts-check
/**
 * Search a text as it is read: no capitals, accents, ligatures, curly apostrophes or hidden
 * characters, and numbers with or without their spaces.
 */

/** @type {Record<string, string>} */
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss" };

/** @param {string} text */
export function normalizeText(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .replace(/[œæß]/g, (letter) => LIGATURES[letter] ?? letter)
    .replace(/[’ʼ'\s]+/g, " ")
    .trim();
}

/**
 * Return what is searched of a text: its words, then its numbers without their spaces.
 *
 * @param {string} text
 */
export function searchableText(text) {
  const plain = normalizeText(text);
  const numbers = plain.match(/\d(?:[ .-]?\d)+/g) ?? [];
  return [plain, ...numbers.map((number) => number.replace(/\D/g, ""))].join("\n");
}

/**
 * Return whether a searchable text has every word of a query; a number may be cut as one likes.
 *
 * @param {string} query
 * @returns {(searchable: string) => boolean}
 */
export function makeSearch(query) {
  const plain = normalizeText(query);
  const joined = plain
    .replace(/(?:\+|\b00)33 ?(?:\(0\))?[ .-]?(?=\d)/g, "0")
    .replace(/(\d)[ .-]+(?=\d)/g, "$1");
  const readings = [plain, joined].map((words) => words.split(" ").filter(Boolean));
  return (searchable) => readings.some((words) => words.every((word) => searchable.includes(word)));
}
