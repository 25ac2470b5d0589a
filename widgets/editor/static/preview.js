// @ts-check
/**
 * The teacher's page beside the form: the real board, changed where it changed, so that what is
 * ticked and open in it stays.
 */

import { mountBoard } from "../../board/board.js";

/**
 * @param {HTMLElement} place Where to draw it.
 * @param {HTMLElement} panel What scrolls, around it.
 */
export function openPreview(place, panel) {
  /** @type {HTMLElement | null} */
  let drawn = null; // as the template drew it; the page on screen also has what board.js did
  /** @type {(() => void) | null} */
  let unmount = null;

  const board = () => /** @type {HTMLElement | null} */ (place.querySelector(".reperes-board"));
  const boxes = () =>
    /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("input[value]"));
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
   * @returns {HTMLElement | null} Where it stands, if it does.
   */
  function mark(kind, id) {
    const found = /** @type {HTMLElement | null | undefined} */ (
      kind === "signe" || kind === "situation"
        ? place.querySelector(`input[value="${CSS.escape(id)}"]`)?.closest("label")
        : place.querySelector(`[data-${CSS.escape(kind)}="${CSS.escape(id)}"]`)
    );
    for (const old of place.querySelectorAll(".formateur-ici"))
      old.classList.remove("formateur-ici");
    found?.classList.add("formateur-ici");
    return found ?? null;
  }

  return {
    ticked,
    tick,
    mark,
    /** @param {string} html Drawn by the autoescaped template, nothing else. */
    draw(html) {
      // Not a `template`: where no script runs, what sleeps in `noscript` would be awake.
      const next = document.createElement("div");
      next.innerHTML = html;
      const before = ticked();
      unmount?.();
      if (drawn && board()) change(drawn, next, place);
      else place.replaceChildren(...next.cloneNode(true).childNodes);
      drawn = next;
      for (const box of boxes()) box.checked = before.includes(box.value);
      const now = board();
      unmount = now && mountBoard(now);
    },
    /**
     * Bring an entry into sight, ticking what calls it where nothing does yet.
     *
     * @param {string} kind
     * @param {string} id
     */
    show(kind, id) {
      const found = mark(kind, id);
      if (!found) return;
      const calls = found.dataset.quand ?? "toujours";
      if (found.hidden && calls !== "toujours") {
        const hides = (found.dataset.sauf ?? "").split(" ");
        const [first] = calls.split(" ").filter((call) => !hides.includes(call));
        if (first) tick([...ticked().filter((each) => !hides.includes(each)), first]);
      }
      for (let up = found.parentElement; up && up !== place; up = up.parentElement) {
        if (up instanceof HTMLDetailsElement) up.open = true;
      }
      const inside = found.getBoundingClientRect().top - panel.getBoundingClientRect().top;
      panel.scrollTop += inside - panel.clientHeight / 4; // its own panel, never the page
    },
    close: () => unmount?.(),
  };
}

/**
 * Bring to the page on screen what differs between two drawings of it.
 *
 * @param {Node} before
 * @param {Node} after
 * @param {Node} live What `before` has become on screen: board.js hides, announces, and wakes
 *   `noscript`; it adds no child but the word that says what is new, and what holds it is drawn
 *   whole.
 */
function change(before, after, live) {
  if (before.isEqualNode(after)) return;
  const old = [...before.childNodes];
  const next = [...after.childNodes];
  const here = [...live.childNodes];
  if (old.length !== next.length || old.length !== here.length) {
    /** @type {Element} */ (live).replaceChildren(...next.map((each) => each.cloneNode(true)));
    return;
  }
  old.forEach((child, place) => {
    const [wanted, shown] = [next[place], here[place]];
    if (!wanted || !shown || child.isEqualNode(wanted)) return;
    const alike = child.nodeName === wanted.nodeName && child.nodeName === shown.nodeName;
    if (!alike || child.nodeName === "NOSCRIPT") {
      shown.replaceWith(wanted.cloneNode(true)); // asleep again, where it had been woken
    } else if (wanted instanceof Text) {
      shown.nodeValue = wanted.nodeValue;
    } else {
      dress(
        /** @type {Element} */ (child),
        /** @type {Element} */ (wanted),
        /** @type {Element} */ (shown),
      );
      change(child, wanted, shown);
    }
  });
}

/**
 * @param {Element} before
 * @param {Element} after
 * @param {Element} live
 */
function dress(before, after, live) {
  for (const name of new Set([...before.getAttributeNames(), ...after.getAttributeNames()])) {
    const value = after.getAttribute(name);
    if (value === before.getAttribute(name)) continue;
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
  }
}
