// @ts-check
/**
 * In the frame of an exported notebook: unpacks the page that the cell holds, and becomes it. The
 * packed page stands in an attribute of the body, so that nothing is asked of any host.
 */

/** @param {string} packed A zlib stream, in base64. */
async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const page = await new Response(stream).text();
  // Written in place, under its own policy: a sandboxed frame may not follow a link to a part of
  // a page that it opened by an address of its own making.
  document.open();
  document.write(page);
  document.close();
}

unpack(document.body.dataset.page ?? "").catch(() => {
  document.body.textContent =
    "Ce navigateur est trop ancien pour ouvrir cette page. Mettez-le à jour, ou ouvrez le carnet avec un autre.";
});
