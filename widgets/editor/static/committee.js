// @ts-check
/**
 * The tab of the committee: what was read of the entry in the form, what is proposed, what is left.
 */

import { drawPieces, make, makeButton, makePrimaryButton } from "./dom.js";
import { linkList, makeLink } from "./panels.js";

/**
 * @import { Question } from "./channel.js"
 * @import { Chosen } from "./entry_form.js"
 * @import { Link, Go } from "./panels.js"
 */
/** @import { Pieces } from "./dom.js" */

/**
 * @typedef {Link & {at: number, key: string, label: string, by: string, done: string,
 *   left: boolean}} Decided
 * @typedef {Decided & {mine: Pieces, theirs: Pieces, remark: string, moved: boolean}} Proposed
 * @typedef {object} Committee
 * @property {string} count
 * @property {{title: string, state: string, readings: string[]} | null} entry The one in the form.
 * @property {string} role
 * @property {Proposed[]} proposals
 * @property {Decided[]} decided
 * @property {{title: string, links: Link[]}[]} left
 * @typedef {object} CommitteeActions
 * @property {Go} go
 * @property {(role: string, opinion: string) => void} read
 * @property {(proposal: Decided, decision: string) => void} decide
 */

/**
 * @param {Committee} committee
 * @param {Chosen} chosen
 * @param {{go: Go, act: (question: Question) => void}} actions
 * @param {string} prefix
 */
export function drawCommittee(committee, { chosen, chosenId }, { go, act }, prefix) {
  const { count, entry, role, proposals, decided, left } = committee;
  /** @type {CommitteeActions} */
  const actions = {
    go,
    read: (reader, opinion) =>
      act({ do: "avis", ...chosen, id: chosenId, role: reader, avis: opinion }),
    decide: ({ at, id }, decision) => act({ do: "proposition", at, id, decided: decision }),
  };
  return [
    make("p", {}, count),
    ...drawReading(entry, role, actions, prefix),
    make("h4", {}, proposals.length ? `Propositions (${proposals.length})` : "Propositions"),
    ...(proposals.length
      ? proposals.map((each) => drawProposal(each, actions))
      : [
          make(
            "p",
            { class: "formateur-rien" },
            "Aucune n’attend. « reperes relecture » écrit un tableau à remplir à plusieurs, et reprend ses réponses ici.",
          ),
        ]),
    decided.length
      ? make(
          "details",
          {},
          make("summary", {}, `Déjà décidé (${decided.length})`),
          ...decided.map((each) => drawDecided(each, actions)),
        )
      : null,
    ...left.map(({ title, links }) =>
      make(
        "details",
        {},
        make("summary", {}, `À relire, ${title} (${links.length})`),
        linkList(links, actions.go, ""),
      ),
    ),
  ];
}

/**
 * Note on which proposal the keyboard is; once drawn again, the place of the one that comes next.
 *
 * @param {HTMLElement} panel
 * @returns {() => HTMLElement | null}
 */
export function placeIn(panel) {
  const sections = () => [...panel.querySelectorAll(".formateur-proposition")];
  const at = sections().findIndex((each) => each.contains(document.activeElement));
  return () => {
    const next = at < 0 ? null : (sections()[at] ?? sections().pop());
    return next?.querySelector(".formateur-ligne button") ?? null;
  };
}

/**
 * Draw what was read of the entry in the form, and where to say that one read it.
 *
 * @param {Committee["entry"]} entry
 * @param {string} role
 * @param {CommitteeActions} actions
 * @param {string} prefix
 */
function drawReading(entry, role, { read }, prefix) {
  if (!entry) return [make("h4", {}, "Cette entrée"), make("p", {}, "Elle n’est pas à relire.")];
  const id = `${prefix}-role`;
  const field = make("input", { type: "text", id, autocomplete: "off", value: role });
  return [
    make("h4", {}, entry.title),
    make("p", {}, make("strong", {}, entry.state)),
    entry.readings.length
      ? make("ul", {}, ...entry.readings.map((each) => make("li", {}, each)))
      : null,
    make(
      "p",
      { class: "formateur-ligne" },
      make("label", { for: id }, "Votre rôle, jamais un nom : "),
      field,
    ),
    make(
      "p",
      { class: "formateur-ligne" },
      makeButton("Noter : relu", () => read(field.value, "relu")),
      makeButton("Noter : approuvé", () => read(field.value, "approuve")),
    ),
  ];
}

/**
 * @param {Proposed} proposal
 * @param {CommitteeActions} actions
 */
function drawProposal(proposal, { go, decide }) {
  const { title, label, by, mine, theirs, remark, moved } = proposal;
  const name = label ? `${label} : ${title}` : title;
  return make(
    "section",
    { class: "formateur-personne formateur-proposition", "aria-label": name },
    make("p", {}, proposal.place < 0 ? title : makeLink(proposal, go), label && `, ${label}`),
    make("p", { class: "formateur-aide" }, by),
    theirs.length
      ? make(
          "div",
          { class: "formateur-deux" },
          words("Dans la liste", mine),
          words("Proposé", theirs),
        )
      : null,
    remark ? make("p", {}, make("strong", {}, "Remarque : "), remark) : null,
    moved
      ? make(
          "p",
          { class: "formateur-remarque" },
          "La liste a changé depuis que ce texte a été lu.",
        )
      : null,
    make(
      "p",
      { class: "formateur-ligne" },
      theirs.length
        ? makePrimaryButton("Prendre", () => decide(proposal, "prise"), {
            "aria-label": `Prendre le texte proposé pour « ${name} »`,
          })
        : null,
      makeButton(theirs.length ? "Laisser" : "C’est vu", () => decide(proposal, "laissee"), {
        "aria-label": `${theirs.length ? "Laisser la proposition pour" : "C’est vu :"} « ${name} »`,
      }),
    ),
  );
}

/**
 * @param {string} title
 * @param {Pieces} pieces
 */
function words(title, pieces) {
  return make(
    "p",
    {},
    make("strong", {}, title),
    make("br"),
    make("span", { class: "formateur-mots" }, ...drawPieces(pieces)),
  );
}

/**
 * @param {Decided} proposal
 * @param {CommitteeActions} actions
 */
function drawDecided(proposal, { decide }) {
  const name = proposal.label ? `${proposal.label} : ${proposal.title}` : proposal.title;
  return make(
    "p",
    { class: "formateur-ligne" },
    make("span", {}, `${name} (${proposal.by}) : ${proposal.done}. `),
    proposal.left
      ? makeButton("Y revenir", () => decide(proposal, ""), {
          "aria-label": `Revenir à la proposition pour « ${name} »`,
        })
      : null,
  );
}
