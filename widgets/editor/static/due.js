// @ts-check
/**
 * The panel of the contacts to check: one after the other, the oldest first; and the sheet to
 * print for who makes the calls.
 */

import { counted, make, makeButton, makePrimaryButton } from "./dom.js";

/** @import { Go, Link } from "./panels.js" */

/**
 * @typedef {Link & {phone: string, sms: string, site: string, checked: string, corrected: boolean,
 *   by: By | "", note: string, of: string, questions: string[]}} DueContact
 * @typedef {"appel" | "site" | "place"} By How it is checked.
 */

/**
 * @param {{contacts: DueContact[], unread: string[]}} due The contacts in the order to call them;
 *   and what is said of files that cannot be read.
 * @param {{check: (contact: DueContact, by: By) => void,
 *   later: (contact: DueContact) => void, correct: Go}} actions
 */
export function drawDue({ contacts, unread }, actions) {
  const [first, ...others] = contacts;
  const notes = unread.map((each) => make("p", { class: "formateur-remarque" }, each));
  if (!first)
    return [
      ...notes,
      make("p", {}, "Tous les contacts de cette liste ont été vérifiés depuis moins d’un an."),
    ];
  return [
    ...notes,
    make(
      "p",
      {},
      `${counted(contacts.length, "contact")} à vérifier, le plus ancien d’abord. `,
      makeButton("Imprimer la feuille d’appel", () => printSheet(contacts)),
    ),
    drawContact(first, actions),
    others.length ? make("h4", {}, "Ensuite") : null,
    make(
      "ol",
      {},
      ...others.map((each) => make("li", {}, `${each.title} (vérifié : ${each.checked})`)),
    ),
  ];
}

const DONE = { appel: "J’ai appelé", site: "J’ai ouvert son site", place: "J’ai vérifié" };

/**
 * @param {DueContact} contact
 * @param {Parameters<typeof drawDue>[1]} actions
 */
function drawContact(contact, { check, later, correct }) {
  const { title, by, note, of, corrected, questions } = contact;
  const found = corrected ? "c’est corrigé" : "rien n’a changé";
  return make(
    "section",
    { class: "formateur-personne", "aria-label": title },
    make("h4", { tabindex: "-1" }, title),
    drawWays(contact),
    make("p", {}, "À demander :"),
    make("ul", {}, ...questions.map((each) => make("li", {}, each))),
    note ? make("p", {}, note) : null,
    of ? make("p", {}, of) : null,
    by ? makePrimaryButton(`${DONE[by]} aujourd’hui : ${found}`, () => check(contact, by)) : null,
    of ? null : makeButton("À corriger", () => correct(contact)),
    makeButton("Plus tard : le suivant", () => later(contact)),
  );
}

/** @param {DueContact} contact How to reach it, and when it was checked. */
function drawWays({ phone, sms, site, checked }) {
  const ways = [
    phone ? make("strong", { class: "formateur-numero" }, phone) : null,
    sms ? `SMS au ${sms}` : null,
    site ? make("a", { href: site, target: "_blank", rel: "noreferrer" }, site) : null,
  ].filter((each) => each !== null);
  return make("p", {}, ...ways.flatMap((each) => [each, make("br")]), `Vérifié : ${checked}`);
}

/**
 * Print a sheet of its own, whatever page this editor is in.
 *
 * @param {DueContact[]} contacts
 */
function printSheet(contacts) {
  const sheet = make(
    "section",
    { class: "formateur-impression", lang: "fr" },
    make("h1", {}, "Contacts à vérifier"),
    make("p", {}, "Appelez, posez les questions, notez ce qui a changé et le jour de l’appel."),
    ...contacts.map((contact) =>
      make(
        "article",
        {},
        make("h2", {}, contact.title),
        drawWays(contact),
        contact.note ? make("p", {}, contact.note) : null,
        make("ul", {}, ...contact.questions.map((each) => make("li", {}, each))),
        make("p", {}, "☐ Rien n’a changé   ☐ À corriger :"),
        make("p", { class: "formateur-a-remplir" }, "Appelé le"),
      ),
    ),
  );
  document.body.append(sheet);
  addEventListener("afterprint", () => sheet.remove(), { once: true });
  print();
}
