// @ts-check
/**
 * The editor as the front end of the anywidget.
 */

import { mountEditor } from "./editor.js";

/** @import { EditorModel } from "./channel.js" */

export default {
  /** @param {{model: EditorModel, el: HTMLElement}} context */
  render({ model, el }) {
    const unmount = mountEditor(model, el);
    /** @param {{unopened?: string}} answer Why the list could not be opened at all. */
    const refuse = ({ unopened }) => {
      if (unopened) el.replaceChildren(unopened);
    };
    model.on("msg:custom", refuse);
    return () => {
      model.off("msg:custom", refuse);
      unmount();
    };
  },
};
