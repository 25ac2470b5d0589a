// @ts-check
/**
 * « Qui appeler » : on a phone, a sheet of at most three numbers; in danger, the number itself.
 */

const MOST = 3;
const LABEL = "Qui appeler";
const SERVICES = "#reperes-services";

/**
 * @param {HTMLElement} board
 * @param {AbortSignal} signal When to stop.
 */
export function connectCallSheet(board, signal) {
  const link = /** @type {HTMLElement} */ (board.querySelector(".reperes-qui-appeler"));
  const sheet = /** @type {HTMLDialogElement} */ (board.querySelector(".reperes-feuille"));
  const list = /** @type {HTMLElement} */ (sheet.querySelector("ul"));
  const close = /** @type {HTMLElement} */ (sheet.querySelector("button"));

  link.addEventListener(
    "click",
    (event) => {
      if (link.getAttribute("href") !== SERVICES || !sheet.showModal) return;
      event.preventDefault();
      event.stopPropagation();
      list.replaceChildren(...numbers(board));
      sheet.showModal();
    },
    { signal },
  );
  close.addEventListener("click", () => sheet.close(), { signal });
  // A press on what is behind closes it too.
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close(), { signal });
  signal.addEventListener("abort", () => sheet.close());

  return {
    /** Return the link to the number to call before any other; none where nobody is in danger. */
    firstCall() {
      const calls = /** @type {HTMLElement[]} */ ([...board.querySelectorAll(".reperes-appeler")]);
      return calls.find((call) => !call.closest(".reperes-appels [hidden]"));
    },
    /** @param {HTMLElement} [call] The number to call first, which takes the place of the sheet. */
    update(call) {
      link.setAttribute("href", call?.getAttribute("href") ?? SERVICES);
      link.textContent = call?.textContent?.trim() ?? LABEL;
    },
  };
}

/**
 * Return copies of the first services that have a number: as the answer has them in its order,
 * or what always answers before anything was chosen.
 *
 * @param {HTMLElement} board
 */
function numbers(board) {
  const answered = board.hasAttribute("data-reponse");
  const rows = board.querySelectorAll(
    answered
      ? "[data-service]:not([hidden], .reperes-secours)"
      : ".reperes-toujours .reperes-rangees > li",
  );
  return [...rows]
    .filter((row) => row.querySelector("a.reperes-numero"))
    .slice(0, MOST)
    .map((row) => {
      const line = document.createElement("li");
      const numbers = row.querySelector(".reperes-rangee");
      if (numbers) line.append(numbers.cloneNode(true));
      line.querySelector("h4")?.setAttribute("aria-level", "3"); // below the title of the sheet
      return line;
    });
}
