// @ts-check
/**
 * The channel to Python: one question at a time, sent again until it is answered; it detects
 * when Python is gone. A question that arrives twice gets the same answer, and is done once.
 */

import { holdTexts } from "./deltas.js";

const ANSWER_TIMEOUT = 5_000; // milliseconds without an answer, and before sending again
// Milliseconds: what is typed is shown at once; writing and checking it waits for a pause, as
// they would hold up the next letter, but never longer than one would mind losing.
const PAUSE = 300;
const WRITE_AFTER = 1_000;
const MOST_PAUSES = 3;
const PULSE_INTERVAL = 4_000; // milliseconds between two questions « are you there? »
/** Questions that keep the chosen entry: one may go on typing meanwhile. */
const SAME_ENTRY = [
  ...["apercu", "ecrire", "enregistrer", "panneau", "pouls", "visite-faite"],
  ...["comparer", "plus-de-versions", "signer", "plus-tard", "voir"],
];

/**
 * @typedef {{do: string, [name: string]: any}} Question
 * @typedef {{n: number, [name: string]: any}} Answer
 * @typedef {object} EditorModel What anywidget gives of its model, as far as the editor uses it.
 * @property {(question: object) => void} send
 * @property {(event: string, handler: (answer: any) => void) => void} on
 * @property {(event: string, handler: (answer: any) => void) => void} off
 * @property {boolean} [comm_live] Whether it is connected.
 */

/**
 * Whether two questions write the same field: what a slow Python has not written yet is not worth
 * writing, once one has typed on.
 *
 * @param {Question} one
 * @param {Question} other
 */
const sameField = (one, other) =>
  ["do", "kind", "id", "place", "key"].every((name) => one[name] === other[name]);

/**
 * @param {EditorModel} model
 * @param {(answer: Answer, question: Question) => void} onAnswer
 * @param {(alive: boolean) => void} onAliveChange Called when Python stops answering, and when it is back.
 */
export function openChannel(model, onAnswer, onAliveChange) {
  /** @type {Question[]} */
  let waiting = [];
  /** @type {Question | undefined} */
  let pending;
  const whole = holdTexts();
  const clientId = Math.random().toString(36).slice(2);
  let number = 0;
  let alive = true;
  let askedAt = 0;
  let took = 0; // milliseconds, to write last

  function sendNext() {
    if (pending) return;
    pending = waiting.shift();
    if (!pending) return;
    number += 1;
    send();
  }

  function send() {
    askedAt = performance.now();
    try {
      model.send({ ...pending, n: number, de: clientId });
    } catch {
      setAlive(false);
    }
  }

  /** @param {boolean} now */
  function setAlive(now) {
    if (alive === now) return;
    alive = now;
    onAliveChange(now);
  }

  /** @param {Answer & {de: string}} answer */
  function receive(answer) {
    if (answer.de !== clientId || answer.n !== number || !pending) return;
    const question = pending;
    pending = undefined;
    if (question.do === "ecrire") took = performance.now() - askedAt;
    try {
      setAlive(true);
      onAnswer({ ...answer, ...whole(answer.deltas ?? {}) }, question);
    } finally {
      sendNext(); // whatever became of this answer, the next question is sent
    }
  }

  // A kernel that died closes the comm; a lost connection may have lost a question.
  const disconnected = () => setAlive(false);
  const checkComm = () => model.comm_live === false && disconnected();
  model.on("msg:custom", receive);
  model.on("comm:close", disconnected);
  model.on("comm_live_update", checkComm);
  const timer = setInterval(() => {
    if (!pending)
      return void (performance.now() - askedAt > PULSE_INTERVAL && ask({ do: "pouls" }));
    if (performance.now() - askedAt < ANSWER_TIMEOUT) return;
    setAlive(false);
    send();
  }, 500);

  /** @param {Question} question */
  function ask(question) {
    // What was typed last replaces what was typed before.
    if (question.do === "apercu") waiting = waiting.filter((each) => each.do !== "apercu");
    if (question.do === "ecrire") {
      const last = waiting.filter((each) => each.do !== "apercu").pop();
      if (last && sameField(last, question)) waiting = waiting.filter((each) => each !== last);
    }
    waiting.push(question);
    sendNext();
  }

  const unanswered = () => /** @type {Question[]} */ (pending ? [pending, ...waiting] : waiting);

  return {
    ask,
    /**
     * Return how long to wait for a pause before writing: as long as writing takes.
     *
     * @param {number} typed For how long one has typed.
     */
    pauseToWrite(typed) {
      const pause = Math.max(PAUSE, took);
      return Math.min(pause, Math.max(WRITE_AFTER, MOST_PAUSES * pause) - typed);
    },
    /** Report from elsewhere that Python is gone. */
    disconnect: disconnected,
    /** @param {string} [key] Whether what was typed there, or anywhere, is still to be written. */
    isWriting: (key) =>
      unanswered().some((each) => each.do === "ecrire" && (!key || each.key === key)),
    /** Whether Python has answered everything. */
    isIdle: () => unanswered().every((each) => each.do === "pouls"),
    /** Whether the form is about to show something else: then nothing is to be typed in it. */
    isNavigating: () => alive && unanswered().some((each) => !SAME_ENTRY.includes(each.do)),
    /** Tell Python what was typed, and that nobody looks any more: no answer is waited for. */
    leave() {
      try {
        for (const each of waiting.filter((question) => question.do === "ecrire")) {
          number += 1;
          model.send({ ...each, n: number, de: clientId });
        }
        waiting = [];
        model.send({ do: "au-revoir", de: clientId });
      } catch {
        // it is gone already
      }
    },
    close() {
      this.leave();
      clearInterval(timer);
      model.off("msg:custom", receive);
      model.off("comm:close", disconnected);
      model.off("comm_live_update", checkComm);
    },
  };
}
