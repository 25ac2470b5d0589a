// @ts-check
/**
 * Search a school as people write it: with or without hyphens and small words, « St » for
 * « Saint », and a letter too many, too few or wrong where nothing is written quite so.
 */

import { normalizeText } from "../render/normalize.js";

/** @type {Record<string, string>} */
const IN_FULL = { st: "saint", ste: "sainte", clg: "college", lyc: "lycee" };
const SMALL = new Set("a au aux d de des du en et l la le les".split(" "));
/** Letters of a word that may be misspelt: a shorter one would be like too many. */
const LONG_ENOUGH = 5;

/** @param {string} text */
export function schoolWords(text) {
  const words = normalizeText(text).split(/[^\p{L}\p{N}]+/u);
  return words.filter(Boolean).map((word) => IN_FULL[word] ?? word);
}

/** @param {string} query */
function soughtWords(query) {
  const words = schoolWords(query);
  const telling = words.filter((word) => !SMALL.has(word));
  return telling.length ? telling : words;
}

/**
 * Return the schools that a query means, and whether they are only nearly written so.
 *
 * @template {{words: string[]}} School
 * @param {School[]} schools
 * @param {string} query
 * @returns {{found: School[], nearly: boolean}}
 */
export function findSchools(schools, query) {
  const sought = soughtWords(query);
  /** @param {(word: string, said: string) => boolean} alike */
  const having = (alike) =>
    schools.filter(({ words }) => sought.every((word) => words.some((said) => alike(word, said))));
  if (!sought.length) return { found: [], nearly: false };
  const found = having((word, said) => said.includes(word));
  if (found.length) return { found, nearly: false };
  return { found: having(looksLike), nearly: true };
}

/**
 * @param {string} word
 * @param {string} said
 */
function looksLike(word, said) {
  if (said.includes(word)) return true;
  if (word.length < LONG_ENOUGH || /\d/.test(word)) return false;
  return [-1, 0, 1].some((more) => isOneEditFrom(word, said.slice(0, word.length + more)));
}

/**
 * Return whether two words differ by one letter: added, left out, wrong, or in its neighbour's place.
 *
 * @param {string} one
 * @param {string} other
 */
function isOneEditFrom(one, other) {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const [rest, otherRest] = [one.slice(start), other.slice(start)];
  return (
    rest.slice(1) === otherRest.slice(1) ||
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    (rest.slice(2) === otherRest.slice(2) && rest[0] === otherRest[1] && rest[1] === otherRest[0])
  );
}
