/** A worker plays its share of the draws, replicate after replicate, and sends what it counted. */

import { Deck, NEVER, seatOf, sizes } from "./deck.js";
import { Engine, fromPlanes, unzipped } from "./engine.js";
import { Order } from "./meetings.js";
import { SettingsError, checked, entries, groups, known, seats, shown, whole, within, PARTS } from "./settings.js";
import { BINS, Tally } from "./tally.js";

/** Counts of how many requests are kept: more futures under the same settings then start where the last ended. */
const KEPT = 8;

/**
 * Answer jobs that come through a port, one after another.
 *
 * `{make: {pack, bytes}}` comes first. A job `{job: {id, settings, draws, marks, variables}}` is answered with
 * `{id, counts}` after each number of replicates among `marks`, or with `{id, error}`; `{stop: id}` ends it,
 * `{close: true}` all.
 *
 * @param {{postMessage: Function, onmessage: ?Function}} port a worker's scope, or a message port
 */
export function serve(port) {
  let made = null;
  let busy = false;
  const jobs = [];
  const kept = new Map();
  const pause = new MessageChannel();
  const breathe = () =>
    new Promise((go) => {
      pause.port1.onmessage = go;
      pause.port2.postMessage(0);
    });

  /** What was counted of the same futures before, if it goes no further than is wanted now; the last few are kept. */
  function tallyOf(engine, draws, { settings, variables, marks }) {
    const key = JSON.stringify([settings, draws.length, variables]);
    const known = kept.get(key);
    const tally = known?.counts.replicates <= marks[0] ? known : new Tally(engine.pack, draws, variables);
    kept.delete(key);
    kept.set(key, tally);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return tally;
  }

  async function play(job) {
    const engine = await made;
    const settings = engine.checked(job.settings);
    const draws = engine.under(settings.theory, job.draws);
    const tally = tallyOf(engine, draws, job);
    const { counts } = tally;
    for (;;) {
      if (job.marks.includes(counts.replicates)) port.postMessage({ id: job.id, counts });
      if (counts.replicates === job.marks.at(-1)) return;
      await breathe();
      if (job.stopped) return;
      if (draws.length) tally.add(engine.deck(draws).play(settings, counts.replicates));
      else counts.replicates += 1;
    }
  }

  async function work() {
    if (busy) return;
    busy = true;
    while (jobs.length) {
      const job = jobs[0];
      try {
        if (!job.stopped) await play(job);
      } catch (error) {
        port.postMessage({ id: job.id, error: { name: error.name, message: error.message } });
      }
      jobs.shift();
    }
    busy = false;
  }

  port.onmessage = ({ data }) => {
    if (data.make) {
      made = Engine.make(data.make.pack, data.make.bytes);
      made.then(
        (engine) => {
          port.postMessage({ ready: true });
          engine.deck([0]).play(engine.checked({}), 0); // so that the first answer is as quick as the others
        },
        (error) => port.postMessage({ failed: error.message }),
      );
    } else if (data.job) {
      jobs.push(data.job);
      work();
    } else if (data.stop !== undefined) {
      for (const job of jobs) if (job.id === data.stop) job.stopped = true;
    } else if (data.close) {
      for (const job of jobs) job.stopped = true;
      for (const each of [pause.port1, pause.port2, port]) each.close();
    }
  };
}

/** The text of a worker, from the functions themselves, so that a page in one file has it too. */
export function source() {
  const constants = { NEVER, BINS, PARTS, KEPT };
  const functions = [
    SettingsError, shown, known, within, whole, entries, checked, groups, seats,
    sizes, seatOf, Deck, unzipped, fromPlanes, Engine, Order, Tally, serve,
  ];
  const values = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
  return [...values, ...functions.map(String), "serve(self);"].join("\n\n");
}
