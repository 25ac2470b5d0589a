// @ts-check
/**
 * The editor as the front end of the anywidget. Comes after the text of the other scripts, in
 * one module.
 */

export default {
  /** @param {{model: any, el: HTMLElement}} context */
  render({ model, el }) {
    return openEditor(model, el);
  },
};
