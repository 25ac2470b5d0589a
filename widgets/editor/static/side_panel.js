// @ts-check
/**
 * What a tab beside the form holds, besides the page: drawn anew when it says something else.
 */

import { drawCommittee, placeIn } from "./committee.js";
import { drawDue } from "./due.js";
import { drawChanges, drawDetails, drawMap, drawPeople } from "./panels.js";
import { drawVersions } from "./versions.js";

/**
 * @import { Question } from "./channel.js"
 * @import { State } from "./editor.js"
 * @import { Go } from "./panels.js"
 */

/**
 * @param {HTMLElement} panel
 * @param {string} name
 * @param {State} now
 * @param {{act: (question: Question) => void, go: Go, ticked: () => string[],
 *   tick: (ids: string[]) => void, showPage: () => void}} tools
 * @param {string} prefix
 */
export function fillPanel(panel, name, now, { act, go, ticked, tick, showPage }, prefix) {
  const data = now.panel?.data;
  const key = JSON.stringify([data, now.chosenId, now.sound, now.author.name]);
  if (panel.dataset.key === key) return;
  panel.dataset.key = key;
  const drawn = {
    carte: () => drawMap(data, now.chosenId, go),
    personnes: () =>
      drawPeople(
        data,
        {
          keep: (label) => act({ do: "personne-garder", name: label, ids: ticked() }),
          drop: (at) => act({ do: "personne-retirer", at }),
          show: (at) => {
            showPage();
            tick(data[at].ids);
          },
        },
        prefix,
      ),
    comite: () => drawCommittee(data, now, { go, act }, prefix),
    contacts: () =>
      drawDue(data, {
        check: (contact, by) =>
          act({ do: "verifier", kind: contact.kind, place: contact.place, id: contact.id, by }),
        later: (contact) => act({ do: "plus-tard", id: contact.id }),
        correct: go,
      }),
    changements: () => drawChanges(data, now.sound),
    versions: () =>
      drawVersions(
        data,
        now.author.name,
        {
          compare: (before, after) => act({ do: "comparer", before, after }),
          more: () => act({ do: "plus-de-versions" }),
          restore: (version, entry) => act({ do: "revenir", version, entry }),
          sign: (words) => act({ do: "signer", name: words }),
        },
        prefix,
      ),
    details: () => drawDetails(data, now.folder),
  }[name];
  if (!drawn) return;
  const hadFocus = panel.contains(document.activeElement);
  const next = placeIn(panel);
  panel.replaceChildren(...drawn().filter((each) => each !== null));
  if (!hadFocus || panel.contains(document.activeElement)) return;
  /** @type {HTMLElement | null} */
  const result = next() ?? panel.querySelector("[tabindex='-1']");
  (result ?? panel).focus();
}
