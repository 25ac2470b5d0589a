// @ts-check
/**
 * The live preview beside the form: the real board, patched where it changed, so that what is
 * ticked and open in it stays.
 */

import { mountBoard } from "../../board/board.js";

/**
 * @param {HTMLElement} container Where to draw it.
 * @param {HTMLElement} panel What scrolls, around it.
 */
export function openPreview(container, panel) {
  /** @type {HTMLElement | null} */
  let drawn = null; // as the template drew it; the page on screen also has what board.js did
  /** @type {(() => void) | null} */
  let unmount = null;

  const board = () => /** @type {HTMLElement | null} */ (container.querySelector(".reperes-board"));
  const boxes = () =>
    /** @type {NodeListOf<HTMLInputElement>} */ (container.querySelectorAll("input[value]"));
  const ticked = () => [...boxes()].filter((box) => box.checked).map((box) => box.value);

  /** @param {string[]} ids */
  function tick(ids) {
    for (const box of boxes()) box.checked = ids.includes(box.value);
    board()?.querySelector("form")?.dispatchEvent(new Event("change"));
  }

  /**
   * Mark an entry, and only it.
   *
   * @param {string} kind
   * @param {string} id
   * @returns {HTMLElement | null} Its element, if it is in the page.
   */
  function mark(kind, id) {
    const entry = /** @type {HTMLElement | null | undefined} */ (
      kind === "signe" || kind === "situation"
        ? container.querySelector(`input[value="${CSS.escape(id)}"]`)?.closest("label")
        : container.querySelector(`[data-${CSS.escape(kind)}="${CSS.escape(id)}"]`)
    );
    for (const old of container.querySelectorAll(".formateur-ici"))
      old.classList.remove("formateur-ici");
    entry?.classList.add("formateur-ici");
    return entry ?? null;
  }

  return {
    ticked,
    tick,
    mark,
    /** @param {string} html Drawn by the autoescaped template, nothing else. */
    draw(html) {
      // Not a `template`: no script runs there, so the content of `noscript` would be parsed.
      const next = document.createElement("div");
      next.innerHTML = html;
      const before = ticked();
      unmount?.();
      if (drawn && board()) patch(drawn, next, container);
      else container.replaceChildren(...next.cloneNode(true).childNodes);
      drawn = next;
      for (const box of boxes()) box.checked = before.includes(box.value);
      const now = board();
      unmount = now && mountBoard(now);
    },
    /**
     * Bring an entry into sight, ticking what triggers it where nothing does yet.
     *
     * @param {string} kind
     * @param {string} id
     */
    show(kind, id) {
      const entry = mark(kind, id);
      if (!entry) return;
      const triggers = entry.dataset.quand ?? "toujours";
      if (entry.hidden && triggers !== "toujours") {
        const hides = (entry.dataset.sauf ?? "").split(" ");
        const [first] = triggers.split(" ").filter((id) => !hides.includes(id));
        if (first) tick([...ticked().filter((each) => !hides.includes(each)), first]);
      }
      for (let up = entry.parentElement; up && up !== container; up = up.parentElement) {
        if (up instanceof HTMLDetailsElement) up.open = true;
      }
      const inside = entry.getBoundingClientRect().top - panel.getBoundingClientRect().top;
      panel.scrollTop += inside - panel.clientHeight / 4; // its own panel, never the page
    },
    close: () => unmount?.(),
  };
}

/**
 * Patch the page on screen with the differences between two renderings of it.
 *
 * @param {Node} before
 * @param {Node} after
 * @param {Node} live What `before` has become on screen: board.js hides, announces, and expands
 *   `noscript`; it adds no child but the word that marks what is new, whose parent is then
 *   redrawn entirely.
 */
function patch(before, after, live) {
  if (before.isEqualNode(after)) return;
  const old = [...before.childNodes];
  const next = [...after.childNodes];
  const here = [...live.childNodes];
  if (old.length !== next.length || old.length !== here.length) {
    /** @type {Element} */ (live).replaceChildren(...next.map((each) => each.cloneNode(true)));
    return;
  }
  old.forEach((child, index) => {
    const [wanted, shown] = [next[index], here[index]];
    if (!wanted || !shown || child.isEqualNode(wanted)) return;
    const alike = child.nodeName === wanted.nodeName && child.nodeName === shown.nodeName;
    if (!alike || child.nodeName === "NOSCRIPT") {
      shown.replaceWith(wanted.cloneNode(true)); // as text again, where it had been expanded
    } else if (wanted instanceof Text) {
      shown.nodeValue = wanted.nodeValue;
    } else {
      patchAttributes(
        /** @type {Element} */ (child),
        /** @type {Element} */ (wanted),
        /** @type {Element} */ (shown),
      );
      patch(child, wanted, shown);
    }
  });
}

/**
 * @param {Element} before
 * @param {Element} after
 * @param {Element} live
 */
function patchAttributes(before, after, live) {
  for (const name of new Set([...before.getAttributeNames(), ...after.getAttributeNames()])) {
    const value = after.getAttribute(name);
    if (value === before.getAttribute(name)) continue;
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
  }
}
