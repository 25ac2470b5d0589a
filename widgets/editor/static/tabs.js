// @ts-check
/**
 * Tabs that follow the ARIA practices: one tab stop, arrows, Home and End.
 */

import { make } from "./dom.js";

/**
 * @param {string} prefix
 * @param {[[string, string], ...[string, string][]]} names Name and title of each.
 * @param {(name: string) => void} onOpen
 */
export function makeTabs(prefix, names, onOpen) {
  let open = names[0][0];
  /** @type {Map<string, {tab: HTMLButtonElement, panel: HTMLElement}>} */
  const all = new Map(
    names.map(([name, title]) => [
      name,
      {
        tab: make(
          "button",
          {
            type: "button",
            role: "tab",
            id: `${prefix}-onglet-${name}`,
            "aria-controls": `${prefix}-panneau-${name}`,
            click: () => select(name),
          },
          title,
        ),
        panel: make("div", {
          role: "tabpanel",
          id: `${prefix}-panneau-${name}`,
          class: "formateur-panneau",
          "aria-labelledby": `${prefix}-onglet-${name}`,
          tabindex: "0",
        }),
      },
    ]),
  );

  /** @param {string} name */
  function select(name, notify = true) {
    open = name;
    for (const [each, { tab, panel }] of all) {
      tab.setAttribute("aria-selected", String(each === name));
      tab.tabIndex = each === name ? 0 : -1;
      panel.hidden = each !== name;
    }
    if (notify) onOpen(name);
  }

  const order = names.map(([name]) => name);
  const bar = make(
    "div",
    {
      role: "tablist",
      class: "formateur-onglets",
      "aria-label": "À côté du formulaire",
      keydown: (/** @type {KeyboardEvent} */ event) => {
        const at = order.indexOf(open);
        const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: order.length - 1 }[
          event.key
        ];
        const name = to !== undefined && order[(to + order.length) % order.length];
        if (!name) return;
        event.preventDefault();
        select(name);
        all.get(name)?.tab.focus();
      },
    },
    ...[...all.values()].map(({ tab }) => tab),
  );
  select(open, false);
  return {
    bar,
    panels: [...all.values()].map(({ panel }) => panel),
    /** @param {string} name */
    panel: (name) => /** @type {HTMLElement} */ (all.get(name)?.panel),
    select,
    open: () => open,
  };
}
