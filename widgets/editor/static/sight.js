// @ts-check
/**
 * What is seen beside the form where that is not the live board: the workshop, the resources, a
 * sheet, or the page as a phone or paper has it. In a frame where no script runs.
 */

import { make } from "./dom.js";
import { openSentence } from "./preview.js";
import { sayingOne } from "./said.js";

/** @import { Question } from "./channel.js" */
/** @typedef {{name: string, shape: string, chosen: boolean}} Sight */

const LIVE = { name: "reperer", shape: "ici" };
const SHAPES = { ici: "en largeur", telephone: "sur un téléphone", papier: "sur le papier" };
const WIDTHS = /** @type {Record<string, number>} */ ({ telephone: 390, papier: 794 }); // pixels; A4

const MARK = {
  outlineStyle: "solid",
  outlineWidth: "3px",
  outlineColor: "#0e7c66",
  outlineOffset: "3px",
};

/** @param {Sight} sight Whether that is the board itself, which is no frame. */
export const isLive = ({ name, shape }) => name === LIVE.name && shape === LIVE.shape;

/**
 * @param {string} prefix
 * @param {(name: string, shape: string) => void} look Look at something else; at nothing: where
 *   the entry is read.
 * @param {(ids: string[], words: string) => void} open Open the field that says a sentence.
 */
export function makeSight(prefix, look, open) {
  /** @param {"name" | "shape"} changed */
  const changed = (changed) => {
    const usual = PAGES.includes(what.value) ? "ici" : "papier";
    if (changed === "name") look(what.value, usual);
    else look(what.value || sight.name, shape.value);
  };
  const what = make("select", { id: `${prefix}-vue`, change: () => changed("name") });
  const shape = make(
    "select",
    { id: `${prefix}-forme`, change: () => changed("shape") },
    ...Object.entries(SHAPES).map(([value, title]) => make("option", { value }, title)),
  );
  const bar = make(
    "p",
    { class: "formateur-ligne formateur-vue" },
    make("label", { for: `${prefix}-vue` }, "Voir : "),
    what,
    make("label", { class: "reperes-lu", for: `${prefix}-forme` }, "À quelle taille"),
    shape,
  );
  const frame = /** @type {HTMLIFrameElement} */ (
    make("iframe", {
      class: "formateur-cadre",
      title: "Aperçu",
      sandbox: "allow-same-origin",
      srcdoc: '<!doctype html><html lang="fr"><title>Aperçu</title>',
      hidden: true,
      load: () => draw(),
    })
  );
  let html = "";
  let id = "";
  /** @type {HTMLElement | null} */
  let marked = null;
  /** @type {string[]} */
  let texts = [];
  let sight = /** @type {Sight} */ ({ ...LIVE, chosen: false });
  let offered = "";

  function draw() {
    const inside = frame.contentDocument;
    if (!html || !inside?.documentElement || frame.hidden) return;
    const { scrollX, scrollY } = /** @type {Window} */ (inside.defaultView);
    const drawn = new DOMParser().parseFromString(html, "text/html").documentElement;
    for (const script of drawn.querySelectorAll("script")) script.remove();
    inside.replaceChild(inside.importNode(drawn, true), inside.documentElement);
    for (const type of ["click", "keydown"])
      inside.documentElement.addEventListener(type, (event) => openSentence(event, open), {
        capture: true,
      });
    resize(inside);
    inside.defaultView?.scrollTo(scrollX, scrollY);
    bringIntoSight(false);
  }

  /** @param {Document} inside Made as wide as what it shows is, then small enough to be seen whole. */
  function resize(inside) {
    const width = WIDTHS[sight.shape] ?? 0;
    frame.style.width = width ? `${width}px` : "";
    [frame.style.zoom, frame.style.height] = ["", ""];
    if (sight.shape !== "papier") return;
    const needed = Math.max(width, inside.documentElement.scrollWidth);
    const zoom = Math.min(1, (frame.parentElement?.clientWidth ?? needed) / needed);
    frame.style.width = `${needed}px`;
    frame.style.height = `${frame.offsetHeight / zoom}px`;
    frame.style.zoom = String(zoom);
  }

  /** @param {boolean} scrolls Whether to bring it there, or only to mark it. */
  function bringIntoSight(scrolls) {
    const inside = frame.contentDocument;
    if (!inside?.body) return;
    tickWhatCalls(inside, id);
    const place = entryElement(inside, id);
    const found = sayingOne(place, texts) ?? place ?? sayingOne(inside.body, texts);
    if (marked) marked.style.outline = "";
    marked = found;
    if (!found) return;
    Object.assign(found.style, MARK);
    for (let up = found.parentElement; up; up = up.parentElement)
      if (up.localName === "details") up.setAttribute("open", "");
    const view = /** @type {Window} */ (inside.defaultView);
    const { top, bottom } = found.getBoundingClientRect();
    if (scrolls || top < 0 || bottom > view.innerHeight)
      view.scrollTo(0, view.scrollY + top - view.innerHeight / 3);
  }

  return {
    bar,
    frame,
    /**
     * @param {Sight} now
     * @param {[string, string][]} all What there is to see: names and titles.
     */
    set(now, all) {
      const titles = JSON.stringify(all);
      if (titles !== offered) {
        offered = titles;
        what.replaceChildren(
          make("option", { value: "" }, "là où cela se lit"),
          ...all.map(([value, title]) => make("option", { value }, title)),
        );
      }
      what.value = now.chosen ? now.name : "";
      shape.value = now.shape;
      sight = now;
      frame.dataset.vue = now.name;
      frame.dataset.forme = now.shape;
      frame.hidden = isLive(now);
    },
    /**
     * @param {string} drawn A whole document, drawn by an autoescaped template.
     * @param {Question} question What it answers: what is typed is marked at once.
     */
    draw(drawn, question) {
      html = drawn;
      if (question.do === "apercu") texts = [String(question.value), ...texts];
      draw();
    },
    /**
     * Bring an entry into sight.
     *
     * @param {string} of Its id.
     * @param {string[]} said What it says, what is edited first.
     * @param {boolean} scrolls
     */
    show(of, said, scrolls) {
      [id, texts] = [of, said];
      if (scrolls) draw(); // what was ticked for another entry is no longer
      bringIntoSight(scrolls);
    },
  };
}

/**
 * Return the element of an entry that has one of its own.
 *
 * @param {Document} inside
 * @param {string} id
 * @returns {HTMLElement | null}
 */
function entryElement(inside, id) {
  const at = CSS.escape(id);
  const named = [`[id="${at}"]`, `[data-conseil="${at}"]`, `[data-service="${at}"]`].join();
  const places = /** @type {HTMLElement[]} */ ([...inside.querySelectorAll(named)]);
  const box = inside.querySelector(`input[value="${at}"]`);
  return places.find((each) => each.checkVisibility?.() !== false) ?? box?.closest("label") ?? null;
}

/**
 * Tick what calls an entry of the page, where nothing does: its styles then show it.
 *
 * @param {Document} inside
 * @param {string} id
 */
function tickWhatCalls(inside, id) {
  const at = CSS.escape(id);
  const entry = inside.querySelector(`[data-conseil="${at}"], [data-service="${at}"]`);
  if (!(entry && entry.checkVisibility?.() === false)) return;
  const [first = ""] = (entry.getAttribute("data-quand") ?? "").split(" ");
  inside.querySelector(`input[value="${CSS.escape(first)}"]`)?.setAttribute("checked", "");
  const door = `[data-moment="${CSS.escape(first)}"] > details`;
  inside.querySelector(door)?.setAttribute("open", "");
}

const PAGES = ["reperer", "atelier", "ressources"];
