// @ts-check
/**
 * Which services answer now: compares the clock with the hours that stand in the page.
 */

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60; // minutes
const SOON = 18 * 60; // minutes: nearer than that, the day goes without saying

/**
 * Tell the time now, at each minute, and whenever the page is looked at again or printed: nothing
 * else asks the clock, which may be wrong.
 *
 * @param {(now: Date) => void} tell
 * @param {AbortSignal} signal When to stop.
 */
export function eachMinute(tell, signal) {
  const look = () => tell(new Date());
  const timer = setInterval(look, MINUTE);
  signal.addEventListener("abort", () => clearInterval(timer));
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("beforeprint", look, { signal });
  look();
}

/**
 * Say which services answer now; nothing before or after the days the board knows.
 *
 * @param {HTMLElement} board
 * @param {Date} now
 */
export function tellTime(board, now) {
  for (const element of board.querySelectorAll("[data-ouvertures]")) {
    const place = /** @type {HTMLElement} */ (element);
    const said = openingNow(place.dataset.ouvertures ?? "", minutes(now));
    place.hidden = !said;
    place.textContent = said ? said.text : "";
    place.dataset.etat = said?.open ? "ouvert" : "ferme";
  }
}

/**
 * Say that a list is to be read again, once its day has come in Paris.
 *
 * @param {HTMLElement} root
 * @param {Date} now
 */
export function tellAge(root, now) {
  const told = /** @type {HTMLElement} */ (root.querySelector("[data-revoir]"));
  told.hidden = minutes(now) < Number(told.dataset.revoir);
}

/**
 * @param {Date} at
 * @returns {number} Whole minutes since 1970.
 */
function minutes(at) {
  return Math.floor(at.getTime() / MINUTE);
}

/**
 * @typedef {{start: number, length: number, weeks: number, day: string, opens: string,
 *   closes: string}} Run
 *   An opening that comes back weekly: minutes since 1970, minutes, how many times, and Paris
 *   time in words; the day is `?` where nobody can say.
 */

/**
 * @param {string} text `start,length,weeks,day,opens,closes`, or `start,length,weeks,?`
 * @returns {Run}
 */
function readRun(text) {
  const [start, length, weeks, day = "?", opens = "", closes = ""] = text.split(",");
  return { start: Number(start), length: Number(length), weeks: Number(weeks), day, opens, closes };
}

/**
 * @param {string} openings The days that are known (`first,end`: minutes since 1970), then runs or
 *   `toujours`, separated by `|`.
 * @param {number} now Minutes since 1970.
 * @returns {{open: boolean, text: string} | null} `null` where nobody can say: a clock may be wrong
 *   by years.
 */
function openingNow(openings, now) {
  const [days = "", ...hours] = openings.split("|");
  const [first, end] = days.split(",").map(Number);
  if (!(now >= Number(first) && now < Number(end))) return null;
  if (hours[0] === "toujours") return { open: true, text: "Répond maintenant." };
  const runs = hours.map(readRun);
  const current = runs.find((run) => isOpen(run, now));
  if (!current) return nextOpening(runs, now);
  const until = current.length < WEEK ? `, jusqu’à ${current.closes}` : "";
  return current.day === "?" ? null : { open: true, text: `Ouvert maintenant${until}.` };
}

/**
 * @param {Run} run
 * @param {number} now
 * @returns {number} Which of its weeks it is; 0 before the first.
 */
function weekOf(run, now) {
  return Math.max(0, Math.floor((now - run.start) / WEEK));
}

/**
 * @param {Run} run
 * @param {number} now
 */
function isOpen(run, now) {
  const week = weekOf(run, now);
  const opening = run.start + week * WEEK;
  return week < run.weeks && opening <= now && now < opening + run.length;
}

/**
 * @param {Run[]} runs None of which is open.
 * @param {number} now
 * @returns {{open: boolean, text: string} | null} `null` past the days that the page knows.
 */
function nextOpening(runs, now) {
  let next = { at: Infinity, words: "" };
  for (const run of runs) {
    const week = weekOf(run, now);
    const coming = run.start + week * WEEK > now ? week : week + 1;
    const at = run.start + coming * WEEK;
    if (coming < run.weeks && run.day !== "?" && at < next.at) {
      const day = at - now < SOON ? "" : `${run.day} `;
      next = { at, words: `${day}à ${run.opens}` };
    }
  }
  return next.words ? { open: false, text: `Fermé maintenant, ouvre ${next.words}.` } : null;
}
