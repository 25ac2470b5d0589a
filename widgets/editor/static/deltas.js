// @ts-check
/**
 * The long texts of the page: Python sends one whole, then what changes in it.
 */

/**
 * @typedef {[start: number, end: number, text: string]} Delta How much of the old text stays at
 *   its start and at its end, and what stands between them.
 */

/** What is HTML; the rest is JSON. */
const HTML_TEXTS = ["html", "frame"];

/**
 * Keep the texts of one page.
 *
 * @returns {(deltas: Record<string, Delta>) => Record<string, any>} Returns what changed, whole.
 */
export function holdTexts() {
  /** @type {Map<string, string>} */
  const texts = new Map();
  return (deltas) => {
    const found = Object.entries(deltas).map(([name, [start, end, text]]) => {
      const old = texts.get(name) ?? "";
      const now = old.slice(0, start) + text + old.slice(old.length - end);
      texts.set(name, now);
      return [name, HTML_TEXTS.includes(name) ? now : JSON.parse(now)];
    });
    return Object.fromEntries(found);
  };
}
