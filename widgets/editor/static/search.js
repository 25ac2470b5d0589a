// @ts-check
/**
 * Search all that a list says: accents and spelling aside, whatever the kind of entry.
 */

import { makeSearch, normalizeText, searchableText } from "../../render/normalize.js";

/** @typedef {[key: string, text: string][]} Texts The key of each field, and what it says. */
/**
 * @typedef {object} Found
 * @property {Map<string, string>} entries By kind and id: what each says of what was looked for.
 * @property {string} instead What was looked for, where nothing says what was typed.
 */

const SHORTEST_MISSPELT = 4;
const LONG = 8;
const MOST_SPELLINGS = 4;
const WORDS_BEFORE = 4;
const WORDS_SHOWN = 14;

export function makeIndex() {
  /** @type {Map<string, {texts: Texts, plain: string}>} */
  const index = new Map();
  /** @type {Map<string, string> | null} The words of the list, plain and as written, once needed. */
  let vocabulary = null;

  function words() {
    const texts = [...index.values()].flatMap((each) => each.texts.map(([, text]) => text));
    vocabulary ??= new Map(
      texts.flatMap((text) =>
        text.split(/[^\p{L}\d]+/u).map((word) => [normalizeText(word), word.toLowerCase()]),
      ),
    );
    return vocabulary;
  }

  /** @param {string} query Plain. */
  const asWritten = (query) =>
    query
      .split(" ")
      .map((word) => words().get(word) ?? word)
      .join(" ");

  /** @param {string} query */
  function keysOf(query) {
    const isWanted = makeSearch(query);
    return [...index].flatMap(([key, { plain }]) => (isWanted(plain) ? [key] : []));
  }

  /**
   * Return what a query may have meant: each word that nobody wrote, by those most like it.
   *
   * @param {string} query
   * @returns {string[]}
   */
  function respelt(query) {
    /** @type {string[][]} */
    const readings = normalizeText(query)
      .split(" ")
      .map((word) => {
        if (word.length < SHORTEST_MISSPELT || keysOf(word).length) return [word];
        const near = mostLike(word, words().keys());
        return near.length ? near : [word];
      });
    return readings.reduce(
      (all, spellings) =>
        all.flatMap((start) => spellings.map((word) => `${start} ${word}`.trim())),
      [""],
    );
  }

  return {
    /** @param {Record<string, Texts | null>} changed */
    update(changed) {
      vocabulary = null;
      for (const [key, texts] of Object.entries(changed)) {
        const id = key.slice(key.indexOf(" ") + 1);
        if (!texts) index.delete(key);
        else {
          const said = texts.map(([, text]) => text).join("\n");
          index.set(key, { texts, plain: searchableText(`${said}\n${id}`) });
        }
      }
    },
    /**
     * @param {string} query
     * @returns {Found}
     */
    search(query) {
      let keys = keysOf(query);
      if (keys.length) return { entries: new Map(keys.map((key) => [key, query])), instead: "" };
      /** @type {Map<string, string>} */
      const entries = new Map();
      const meant = respelt(query).filter((each) => {
        keys = keysOf(each);
        for (const key of keys) if (!entries.has(key)) entries.set(key, each);
        return keys.length > 0;
      });
      return { entries, instead: meant.map(asWritten).join(" », « ") };
    },
    /**
     * Return where an entry says what one looks for.
     *
     * @param {string} key
     * @param {string} query
     */
    excerpt: (key, query) => excerptOf(index.get(key)?.texts ?? [], query),
  };
}

/**
 * Return the field that says what one looks for, and the words around it; no words where it is
 * the first field, which is the title of the entry, nor where no field says it.
 *
 * @param {Texts} texts
 * @param {string} query
 */
function excerptOf(texts, query) {
  const isAll = makeSearch(query);
  const first = normalizeText(query).split(" ")[0] ?? "";
  const [key, text] = texts.find((each) => isAll(searchableText(each[1]))) ??
    texts.find((each) => normalizeText(each[1]).includes(first)) ?? ["", ""];
  if (!key || key === texts[0]?.[0]) return { key, words: "" };
  const all = text.split(/\s+/);
  const at = Math.max(
    0,
    all.findIndex((word) => normalizeText(word).includes(first)),
  );
  const start = Math.max(0, at - WORDS_BEFORE);
  const part = all.slice(start, start + WORDS_SHOWN).join(" ");
  const end = start + WORDS_SHOWN < all.length ? "…" : "";
  return { key, words: `${start ? "…" : ""}${part}${end}` };
}

/**
 * Return the words that are most like one that is misspelt, or not whole yet.
 *
 * @param {string} word
 * @param {Iterable<string>} all
 */
function mostLike(word, all) {
  let least = word.length < LONG ? 1 : 2;
  /** @type {string[]} */
  let near = [];
  for (const each of all) {
    if (each.length < word.length - least) continue;
    const distance = distanceToStart(word, each, least);
    if (distance > least) continue;
    if (distance < least) near = [];
    least = distance;
    near.push(each);
  }
  return near.slice(0, MOST_SPELLINGS);
}

/**
 * Return how many letters one changes, adds, takes away or swaps for a word to begin another.
 *
 * @param {string} word
 * @param {string} other
 * @param {number} most More is not counted further.
 */
function distanceToStart(word, other, most) {
  const start = other.slice(0, word.length + most);
  /** @type {number[][]} */
  const rows = [Array.from({ length: start.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= word.length; i += 1) {
    const [two, above] = [rows[i - 2], /** @type {number[]} */ (rows[i - 1])];
    const row = [i];
    for (let j = 1; j <= start.length; j += 1) {
      const same = word[i - 1] === start[j - 1];
      let best = Math.min(
        Number(above[j]) + 1,
        Number(row[j - 1]) + 1,
        Number(above[j - 1]) + Number(!same),
      );
      const swapped =
        i > 1 && j > 1 && word[i - 1] === start[j - 2] && word[i - 2] === start[j - 1];
      if (swapped) best = Math.min(best, Number(two?.[j - 2]) + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    rows.push(row);
  }
  return Math.min(.../** @type {number[]} */ (rows[word.length]));
}
