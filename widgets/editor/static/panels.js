// @ts-check
/**
 * The panels beside the form, besides the page: call graph, personas, changes, TOML.
 */

import { counted, make, makeButton } from "./dom.js";

/**
 * @typedef {{kind: string, place: number, id: string, title: string}} Link An entry to go to.
 * @typedef {(link: Link) => void} Go
 */

/**
 * @param {Link[]} links
 * @param {Go} go
 * @param {string} none Text where there are none.
 */
export function linkList(links, go, none) {
  if (!links.length) return make("p", { class: "formateur-rien" }, none);
  return make("ul", {}, ...links.map((link) => make("li", {}, makeLink(link, go))));
}

/**
 * @param {Link} link
 * @param {Go} go
 */
export function makeLink(link, go) {
  return make(
    "button",
    { type: "button", class: "formateur-lien", click: () => go(link) },
    link.title,
  );
}

/**
 * Draw the call graph: first around the entry in the form, then the complete list.
 *
 * @param {{calls: {from: Link, to: Link[]}[], called: {to: Link, always: boolean, from: Link[],
 *   replaces: Link[]}[], idle: Link[]}} map
 * @param {string} id The entry in the form.
 * @param {Go} go
 */
export function drawMap(map, id, go) {
  const asTick = map.calls.find(({ from }) => from.id === id);
  const asEntry = map.called.find(({ to }) => to.id === id);
  /** @type {HTMLElement[]} */
  const around = [];
  if (asTick) {
    around.push(
      make("h4", {}, "Cocher cette case affiche"),
      linkList(asTick.to, go, "Rien : personne ne l’utilise encore."),
    );
  } else if (asEntry) {
    around.push(
      make("h4", {}, "Cette entrée s’affiche"),
      asEntry.always
        ? make("p", {}, "Toujours, quoi que l’on coche.")
        : linkList(asEntry.from, go, "Jamais : rien ne l’appelle."),
    );
    if (asEntry.replaces.length)
      around.push(make("h4", {}, "Elle remplace alors"), linkList(asEntry.replaces, go, ""));
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
        makeLink(from, go),
        linkList(to, go, "Rien."),
      ),
    ),
  ];
}

/** @param {string[] | null} changes What the changes of the list change for a person. */
function drawPersonaChanges(changes) {
  if (changes?.length) {
    const each = changes.map((change) => make("li", {}, change));
    return make("ul", {}, ...each);
  }
  const text = changes
    ? "Vos changements ne changent rien pour cette personne."
    : "Corrigez d’abord les erreurs de la liste.";
  return make("p", { class: "formateur-rien" }, text);
}

/**
 * @param {{name: string, ticks: string[], lost: string[], changes: string[] | null}[]} people
 * @param {{keep: (name: string) => void, drop: (index: number) => void, show: (index: number) => void}} actions
 * @param {string} prefix
 */
export function drawPeople(people, actions, prefix) {
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
      makeButton("Garder ce qui est coché", () => actions.keep(name.value)),
    ),
    ...people.map(({ name: title, ticks, lost, changes }, index) =>
      make(
        "section",
        { class: "formateur-personne" },
        make("h4", {}, title),
        make("p", {}, ticks.length ? `Coché : ${ticks.join(" ; ")}.` : "Rien n’est coché."),
        lost.length ? make("p", {}, `N’existe plus : ${lost.join(", ")}.`) : null,
        drawPersonaChanges(changes),
        makeButton("Cocher ces cases dans la page", () => actions.show(index)),
        makeButton("Retirer", () => actions.drop(index), { "aria-label": `Retirer « ${title} »` }),
      ),
    ),
  ];
}

/**
 * @param {string[] | null} changes
 * @param {boolean} valid
 */
export function drawChanges(changes, valid) {
  const warning = valid
    ? null
    : make(
        "p",
        { class: "formateur-remarque" },
        "La liste a des erreurs : voici les changements jusqu’à la dernière version sans erreur.",
      );
  if (!changes?.length)
    return [warning, make("p", {}, "Rien n’a changé depuis le dernier enregistrement.")];
  return [
    warning,
    make("p", {}, "Depuis le dernier enregistrement :"),
    make("ul", {}, ...changes.map((each) => make("li", {}, each))),
  ];
}

/**
 * Draw what the form does not say: where the list is kept, and what stands in its files.
 *
 * @param {{file: string, line: number, id: string, text: string}} entry
 * @param {string} folder
 */
export function drawDetails({ file, line, id, text }, folder) {
  return [
    make("p", {}, `Votre copie de la liste : ${folder}`),
    id ? make("p", {}, `Identifiant, par lequel les autres entrées l’appellent : ${id}`) : null,
    make("p", {}, `Ce que le formulaire écrit dans ${file}, ligne ${line} :`),
    make(
      "pre",
      { tabindex: "0", role: "region", "aria-label": "Texte en TOML" },
      make("code", {}, text),
    ),
  ];
}
