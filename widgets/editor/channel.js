// @ts-check
/**
 * Speaking with Python: one question at a time, and noticing when nobody answers any more.
 */

const PATIENCE = 5_000; // milliseconds without an answer
const PULSE = 4_000; // milliseconds between two questions « are you there? »

/**
 * @typedef {{do: string, [name: string]: any}} Question
 * @typedef {{n: number, [name: string]: any}} Answer
 */

/**
 * @param {any} model
 * @param {(answer: Answer) => void} onAnswer
 * @param {(alive: boolean) => void} onLife Called when Python falls silent, and when it is back.
 */
function openChannel(model, onAnswer, onLife) {
  /** @type {Question[]} */
  let waiting = [];
  /** @type {Question | undefined} */
  let asked;
  const me = Math.random().toString(36).slice(2);
  let number = 0;
  let busy = false;
  let alive = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;

  function pump() {
    const next = busy ? undefined : waiting.shift();
    if (!next) return;
    busy = true;
    asked = next;
    number += 1;
    patience = setTimeout(() => live(false), PATIENCE);
    try {
      model.send({ ...next, n: number, de: me });
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
    if (answer.de !== me || answer.n !== number) return;
    clearTimeout(patience);
    busy = false;
    asked = undefined;
    live(true);
    onAnswer(answer);
    pump();
  }

  // A kernel that died takes the line with it.
  const closed = () => live(false);
  model.on("msg:custom", receive);
  model.on("comm:close", closed);
  model.on("comm_live_update", () => model.comm_live === false && closed());
  const pulse = setInterval(() => busy || waiting.length || ask({ do: "pouls" }), PULSE);

  /** @param {Question} question */
  function ask(question) {
    // What was typed meanwhile stands for what was typed before.
    if (question.do === "apercu") waiting = waiting.filter((each) => each.do !== "apercu");
    waiting.push(question);
    pump();
  }

  return {
    ask,
    /** @param {string} key Whether what was typed there is still to be written. */
    writing: (key) => [asked, ...waiting].some((each) => each?.do === "ecrire" && each.key === key),
    /** Whether something besides what is typed is still to be answered. */
    asking: () => waiting.some((each) => each.do !== "apercu" && each.do !== "ecrire"),
    close() {
      clearInterval(pulse);
      clearTimeout(patience);
      model.off("msg:custom", receive);
      model.off("comm:close", closed);
    },
  };
}
