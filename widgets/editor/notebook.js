// @ts-check
/**
 * The editor as the front end of the anywidget.
 */

import { openEditor } from "./editor.js";

export default {
  /** @param {{model: any, el: HTMLElement}} context */
  render({ model, el }) {
    return openEditor(model, el);
  },
};
