// @ts-check
/**
 * Which services are open now: compares the clock with the opening hours in the page.
 */

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60; // minutes
const SOON = 18 * 60; // minutes: nearer than that, the day goes without saying

/**
 * Call back now, each minute, and whenever the page becomes visible or is printed: nothing
 * else reads the clock, which may be wrong.
 *
 * @param {(now: Date) => void} update
 * @param {AbortSignal} signal When to stop.
 */
export function eachMinute(update, signal) {
  const tick = () => update(new Date());
  const timer = setInterval(tick, MINUTE);
  signal.addEventListener("abort", () => clearInterval(timer));
  document.addEventListener("visibilitychange", tick, { signal });
  addEventListener("beforeprint", tick, { signal });
  tick();
}

/**
 * Show which services are open now; nothing before or after the days the board knows.
 *
 * @param {HTMLElement} board
 * @param {Date} now
 */
export function showOpenings(board, now) {
  for (const element of board.querySelectorAll("[data-ouvertures]")) {
    const target = /** @type {HTMLElement} */ (element);
    const opening = openingNow(target.dataset.ouvertures ?? "", minutesSinceEpoch(now));
    target.hidden = !opening;
    target.textContent = opening ? opening.text : "";
    target.dataset.etat = opening?.open ? "ouvert" : "ferme";
  }
}

/**
 * Show that a list is overdue for review, once its day has come in Paris.
 *
 * @param {HTMLElement} root
 * @param {Date} now
 */
export function showOverdue(root, now) {
  const notice = /** @type {HTMLElement} */ (root.querySelector("[data-revoir]"));
  notice.hidden = minutesSinceEpoch(now) < Number(notice.dataset.revoir);
}

/**
 * @param {Date} at
 * @returns {number} Whole minutes since 1970.
 */
function minutesSinceEpoch(at) {
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
  if (hours[0] === "toujours") return { open: true, text: "Répond maintenant, jour et nuit." };
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
  const opens = run.start + week * WEEK;
  return week < run.weeks && opens <= now && now < opens + run.length;
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
