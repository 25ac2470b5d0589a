// @ts-check
/**
 * What stands beside the form, besides the page: who calls what, people to try, changes, TOML.
 */

import { counted, make, makeButton } from "./dom.js";

/**
 * @typedef {{kind: string, place: number, id: string, title: string}} Link An entry to go to.
 * @typedef {(link: Link) => void} Go
 */

/**
 * @param {Link[]} links
 * @param {Go} go
 * @param {string} none What to say where there are none.
 */
function linkList(links, go, none) {
  if (!links.length) return make("p", { class: "formateur-rien" }, none);
  return make("ul", {}, ...links.map((link) => make("li", {}, goTo(link, go))));
}

/**
 * @param {Link} link
 * @param {Go} go
 */
export function goTo(link, go) {
  return make(
    "button",
    { type: "button", class: "formateur-lien", click: () => go(link) },
    link.title,
  );
}

/**
 * Who calls what: first around the entry in the form, then the whole list.
 *
 * @param {{calls: {from: Link, to: Link[]}[], called: {to: Link, always: boolean, from: Link[],
 *   replaces: Link[]}[], idle: Link[]}} map
 * @param {string} id The entry in the form.
 * @param {Go} go
 */
export function drawMap(map, id, go) {
  const mine = map.calls.find(({ from }) => from.id === id);
  const its = map.called.find(({ to }) => to.id === id);
  /** @type {HTMLElement[]} */
  const around = [];
  if (mine) {
    around.push(
      make("h4", {}, "Cocher cette case affiche"),
      linkList(mine.to, go, "Rien : personne ne l’utilise encore."),
    );
  } else if (its) {
    around.push(
      make("h4", {}, "Cette entrée s’affiche"),
      its.always
        ? make("p", {}, "Toujours, quoi que l’on coche.")
        : linkList(its.from, go, "Jamais : rien ne l’appelle."),
    );
    if (its.replaces.length)
      around.push(make("h4", {}, "Elle remplace alors"), linkList(its.replaces, go, ""));
  } else {
    around.push(make("p", {}, "Choisissez un signe, une situation, un conseil ou un service."));
  }
  return [
    ...around,
    make("h4", {}, "Ce que rien n’utilise"),
    linkList(map.idle, go, "Tout sert à quelque chose."),
    make("h4", {}, "Toute la liste"),
    ...map.calls.map(({ from, to }) =>
      make(
        "details",
        {},
        make(
          "summary",
          {},
          `${from.title} : ${counted(to.length, "conseil ou service", "conseils et services")}`,
        ),
        goTo(from, go),
        linkList(to, go, "Rien."),
      ),
    ),
  ];
}

/** @param {string[] | null} changes What the changes of the list change for a person. */
function told(changes) {
  if (changes?.length) {
    const each = changes.map((change) => make("li", {}, change));
    return make("ul", {}, ...each);
  }
  const said = changes
    ? "Vos changements ne changent rien pour cette personne."
    : "Corrigez d’abord les erreurs de la liste.";
  return make("p", { class: "formateur-rien" }, said);
}

/**
 * @param {{name: string, ticks: string[], lost: string[], changes: string[] | null}[]} people
 * @param {{keep: (name: string) => void, drop: (place: number) => void, show: (place: number) => void}} acts
 * @param {string} prefix
 */
export function drawPeople(people, acts, prefix) {
  const name = make("input", { type: "text", id: `${prefix}-personne`, autocomplete: "off" });
  return [
    make(
      "p",
      {},
      "Cochez des cases dans la page, puis gardez-les sous un nom inventé. Chaque changement dira ce qu’il change pour elles.",
    ),
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: `${prefix}-personne` }, "Nom inventé : "),
      name,
      makeButton("Garder ce qui est coché", () => acts.keep(name.value)),
    ),
    ...people.map(({ name: title, ticks, lost, changes }, place) =>
      make(
        "section",
        { class: "formateur-personne" },
        make("h4", {}, title),
        make("p", {}, ticks.length ? `Coché : ${ticks.join(" ; ")}.` : "Rien n’est coché."),
        lost.length ? make("p", {}, `N’existe plus : ${lost.join(", ")}.`) : null,
        told(changes),
        makeButton("Cocher ces cases dans la page", () => acts.show(place)),
        makeButton("Retirer", () => acts.drop(place), { "aria-label": `Retirer « ${title} »` }),
      ),
    ),
  ];
}

/**
 * @param {string[] | null} changes
 * @param {boolean} sound
 */
export function drawChanges(changes, sound) {
  const wait = sound
    ? null
    : make(
        "p",
        { class: "formateur-remarque" },
        "La liste a des erreurs : voici les changements jusqu’à la dernière version sans erreur.",
      );
  if (!changes?.length)
    return [wait, make("p", {}, "Rien n’a changé depuis le dernier enregistrement.")];
  return [
    wait,
    make("p", {}, "Depuis le dernier enregistrement :"),
    make("ul", {}, ...changes.map((each) => make("li", {}, each))),
  ];
}

/**
 * @param {{file: string, line: number, text: string}} toml
 */
export function drawToml({ file, line, text }) {
  return [
    make("p", {}, `Ce que le formulaire écrit dans ${file}, ligne ${line} :`),
    make(
      "pre",
      { tabindex: "0", role: "region", "aria-label": "Texte en TOML" },
      make("code", {}, text),
    ),
  ];
}
