// @ts-check
/**
 * A text pasted from a word processor, without what its page had and a list has not.
 */

/** @type {[RegExp, string, string][]} What is found, what stands in its place, and its name. */
const CLEANED = [
  [/\r\n?/g, "\n", ""],
  [/[\v\f\u0085\u2028\u2029]/g, "\n", "des sauts de ligne"],
  // What joins the parts of one emoji is seen, and stays.
  [
    /((?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?\u200d(?=\p{Extended_Pictographic}))|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu,
    "$1",
    "des caractères invisibles",
  ],
  [/^[ \t]*[•·▪◦●■○‣⁃\uf0b7\uf0a7][ \t]*/gm, "- ", "des puces"],
  [/^[ \t]*o\t+/gm, "- ", "des puces"],
  [/^[ \t]*[-–—]\t+/gm, "- ", "des puces"],
  [/[ \t]*\t[ \t]*/g, " ", "des tabulations"],
  [/ {2,}/g, " ", "des espaces en trop"],
  [/\n{3,}/g, "\n\n", "des lignes vides"],
];

/**
 * Return a pasted text as a list takes it, and what was cleaned.
 *
 * @param {string} pasted
 * @param {string} control What it is pasted in.
 */
function cleanPasted(pasted, control) {
  /** @type {Set<string>} */
  const found = new Set();
  let text = pasted;
  for (const [pattern, instead, name] of CLEANED) {
    const cleaned = text.replace(pattern, instead);
    if (cleaned !== text && name) found.add(name);
    text = cleaned;
  }
  if (control === "lignes") text = text.replace(/^- /gm, "");
  // A list of Markdown stands apart from the paragraph before it.
  if (control === "markdown" && found.has("des puces"))
    text = text.replace(/^(?!- )(.+)\n(?=- )/gm, "$1\n\n");
  return { text, found: [...found] };
}

/**
 * Clean what is pasted in a control, where something is to be cleaned, and say it.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {string} control
 * @param {(text: string) => void} say
 */
export function cleanPastes(input, control, say) {
  input.addEventListener("paste", (event) => {
    const pasted = /** @type {ClipboardEvent} */ (event).clipboardData?.getData("text/plain") ?? "";
    const { text, found } = cleanPasted(pasted, control);
    say(found.length ? `Le texte collé est nettoyé : ${found.join(", ")}.` : "");
    if (!found.length) return;
    event.preventDefault();
    // As if it were typed: the browser's own undo takes it back.
    if (!document.execCommand("insertText", false, text)) {
      input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? 0, "end");
      input.dispatchEvent(new Event("input", { bubbles: true })); // so that it is written
    }
  });
  input.addEventListener("input", (event) => {
    if (/** @type {InputEvent} */ (event).inputType?.startsWith("delete")) say("");
  });
}
