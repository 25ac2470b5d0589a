// @ts-check
/**
 * Speaking with Python: one question at a time, asked again until it is answered, and noticing
 * when nobody answers any more. Python answers a question that is asked twice with the same
 * answer, and does nothing twice.
 */

const PATIENCE = 5_000; // milliseconds without an answer, and between two times of asking
const PULSE = 4_000; // milliseconds between two questions « are you there? »
/** What changes nothing in which entry one looks at: one may go on typing meanwhile. */
const QUIET = ["apercu", "ecrire", "panneau", "pouls", "visite-faite"];

/**
 * @typedef {{do: string, [name: string]: any}} Question
 * @typedef {{n: number, [name: string]: any}} Answer
 * @typedef {object} EditorModel What anywidget gives of its model, as far as the editor uses it.
 * @property {(question: object) => void} send
 * @property {(event: string, heard: (answer: any) => void) => void} on
 * @property {(event: string, heard: (answer: any) => void) => void} off
 * @property {boolean} [comm_live] Whether the line stands.
 */

/**
 * @param {EditorModel} model
 * @param {(answer: Answer) => void} onAnswer
 * @param {(alive: boolean) => void} onLife Called when Python falls silent, and when it is back.
 */
export function openChannel(model, onAnswer, onLife) {
  /** @type {Question[]} */
  let waiting = [];
  /** @type {Question | undefined} */
  let asked;
  const me = Math.random().toString(36).slice(2);
  let number = 0;
  let alive = true;
  let askedAt = 0;

  function pump() {
    if (asked) return;
    asked = waiting.shift();
    if (!asked) return;
    number += 1;
    send();
  }

  function send() {
    askedAt = performance.now();
    try {
      model.send({ ...asked, n: number, de: me });
    } catch {
      live(false);
    }
  }

  /** @param {boolean} now */
  function live(now) {
    if (alive === now) return;
    alive = now;
    onLife(now);
  }

  /** @param {Answer & {de: string}} answer */
  function receive(answer) {
    if (answer.de !== me || answer.n !== number || !asked) return;
    asked = undefined;
    try {
      live(true);
      onAnswer(answer);
    } finally {
      pump(); // whatever became of this answer, what was asked after it is asked
    }
  }

  // A kernel that died takes the line with it; a line that was cut may have lost a question.
  const closed = () => live(false);
  model.on("msg:custom", receive);
  model.on("comm:close", closed);
  model.on("comm_live_update", () => model.comm_live === false && closed());
  const watch = setInterval(() => {
    if (!asked) return void (performance.now() - askedAt > PULSE && ask({ do: "pouls" }));
    if (performance.now() - askedAt < PATIENCE) return;
    live(false);
    send();
  }, 500);

  /** @param {Question} question */
  function ask(question) {
    // What was typed meanwhile stands for what was typed before.
    if (question.do === "apercu") waiting = waiting.filter((each) => each.do !== "apercu");
    waiting.push(question);
    pump();
  }

  const unanswered = () => /** @type {Question[]} */ (asked ? [asked, ...waiting] : waiting);

  return {
    ask,
    /** Python is known to be gone, from elsewhere. */
    lose: closed,
    /** @param {string} key Whether what was typed there is still to be written. */
    writing: (key) => unanswered().some((each) => each.do === "ecrire" && each.key === key),
    /** Whether the form is about to show something else: then nothing is to be typed in it. */
    turning: () => alive && unanswered().some((each) => !QUIET.includes(each.do)),
    close() {
      clearInterval(watch);
      model.off("msg:custom", receive);
      model.off("comm:close", closed);
    },
  };
}
