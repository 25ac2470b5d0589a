// @ts-check
/**
 * The editor as the front end of the anywidget.
 */

import { mountEditor } from "./editor.js";

/** @import { EditorModel } from "./channel.js" */

export default {
  /** @param {{model: EditorModel, el: HTMLElement}} context */
  render({ model, el }) {
    return mountEditor(model, el);
  },
};
