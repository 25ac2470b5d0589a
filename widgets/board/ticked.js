// @ts-check
/**
 * What is ticked: how many behind each door, and the list that « Modifier » opens.
 */

/**
 * @param {HTMLElement} board
 * @param {HTMLInputElement[]} boxes All of them.
 */
export function showTicked(board, boxes) {
  const ticked = boxes.filter((box) => box.checked);
  for (const moment of board.querySelectorAll("[data-moment]")) {
    const count = ticked.filter((box) => moment.contains(box)).length;
    const note = /** @type {HTMLElement} */ (moment.querySelector(".reperes-compte"));
    note.hidden = !count;
    note.textContent = count > 1 ? `${count} cochées` : `${count} cochée`;
  }
  const list = /** @type {HTMLElement} */ (board.querySelector(".reperes-modifier"));
  list.hidden = !ticked.length;
  list.querySelector("ul")?.replaceChildren(...ticked.map(lineOf));
}

/**
 * Say for each line of the answer which of the choices called it.
 *
 * @param {HTMLElement} answer
 * @param {HTMLInputElement[]} ticked
 * @param {HTMLDetailsElement} [door] The one that is open.
 */
export function showReasons(answer, ticked, door) {
  /** @type {Map<string, string>} */
  const words = new Map(ticked.map((box) => [box.value, wordsOf(box)]));
  const moment = /** @type {HTMLElement | undefined} */ (door?.closest("[data-moment]"));
  if (moment)
    words.set(moment.dataset.moment ?? "", moment.querySelector("h3")?.textContent?.trim() ?? "");
  for (const reason of answer.querySelectorAll("[data-quand] > .reperes-raison")) {
    reason.querySelector(".reperes-parce-que")?.remove();
    const when = reason.parentElement?.dataset.quand?.split(" ") ?? [];
    const chosen = when.flatMap((id) => words.get(id) ?? []);
    if (!chosen.length) continue;
    const line = document.createElement("p");
    line.className = "reperes-parce-que";
    line.textContent = `Parce que vous avez choisi : ${chosen.join(" ; ")}.`;
    reason.querySelector(".reperes-source")?.before(line);
  }
}

/** @param {HTMLInputElement} box */
function wordsOf(box) {
  return box.closest("label")?.textContent?.trim() ?? "";
}

/**
 * @param {HTMLInputElement} box
 * @returns {HTMLElement} Its words, with a button that takes it back.
 */
function lineOf(box) {
  const line = document.createElement("li");
  const words = wordsOf(box);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "reperes-bouton";
  button.textContent = "Retirer";
  const which = document.createElement("span");
  which.className = "reperes-lu";
  which.textContent = ` « ${words} »`;
  button.append(which);
  button.addEventListener("click", () => {
    const list = line.closest("details");
    box.checked = false;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    list?.querySelector("summary")?.focus();
  });
  line.append(words, " ", button);
  return line;
}
