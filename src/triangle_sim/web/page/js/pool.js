/** Futures played in several workers at once, added up; in this thread where no worker can start. */

import { Engine } from "./engine.js";
import { checked, known, whole } from "./settings.js";
import { summaryOf } from "./summary.js";
import { serve, source } from "./worker.js";

const MOST = 4;

/** The error of a request that another one of its lane, or its signal, put an end to. */
function aborted() {
  return new DOMException("a newer request took its place", "AbortError");
}

/** A worker, or what stands for one in this thread: both take and give messages. */
function started(threads) {
  try {
    const url = URL.createObjectURL(new Blob([source()], { type: "text/javascript" }));
    return Array.from({ length: threads }, () => new Worker(url));
  } catch {
    return null;
  }
}

/** Somebody in this thread who answers like a worker. */
function local() {
  const { port1, port2 } = new MessageChannel();
  serve(port1);
  return port2;
}

/** Workers that have the model. */
export class Pool {
  /**
   * @param {object} pack a page's data, or its `engine` part
   * @param {{threads?: number}} [options] 0: no workers, all in this thread
   */
  static async make(pack, { threads } = {}) {
    const part = pack.engine ?? pack;
    const bytes = await Engine.unpack(part);
    const { wasm, values, ...plain } = part;
    const wanted = threads ?? Math.max(1, Math.min(MOST, globalThis.navigator?.hardwareConcurrency ?? 1));
    const pool = new Pool(plain);
    if (wanted && (await pool.start(started(wanted), bytes))) return pool;
    await pool.start([local()], bytes);
    return pool;
  }

  constructor(pack) {
    this.pack = pack;
    this.workers = [];
    this.requests = new Map();
    this.lanes = new Map();
    this.count = 0;
    this.broken = null;
  }

  /** How many work at once. */
  get threads() {
    return this.workers.length;
  }

  /** Give workers the model; false where they cannot have it. */
  async start(workers, bytes) {
    if (!workers) return false;
    const ready = workers.map(
      (worker) =>
        new Promise((go, fail) => {
          worker.onerror = (event) => {
            event.preventDefault?.();
            fail(new Error(event.message));
          };
          worker.onmessage = ({ data }) => (data.ready ? go() : fail(new Error(data.failed)));
        }),
    );
    for (const worker of workers) worker.postMessage({ make: { pack: this.pack, bytes } });
    try {
      await Promise.all(ready);
    } catch {
      for (const worker of workers) worker.terminate?.();
      return false;
    }
    workers.forEach((worker, place) => {
      worker.onmessage = ({ data }) => this.take(place, data);
      worker.onerror = (event) => this.fail(event.message);
    });
    this.workers = workers;
    return true;
  }

  /**
   * Play the first futures under some settings: `n` draws once, or all draws several times.
   *
   * A newer request of the same lane takes the place of an older one, whose promise is rejected with an AbortError.
   *
   * @param {object} settings
   * @param {number} n 20: twenty draws once; 2000: 500 draws 4 times; 10000: 500 draws 20 times
   * @param {object} [options]
   * @param {string[]} [options.variables] those whose fan is wanted
   * @param {AbortSignal} [options.signal] ends it
   * @param {Function} [options.part] is given summaries of the first futures, as more and more are played
   * @param {string} [options.lane] requests of different lanes do not end each other
   * @returns {Promise<object>} a summary
   */
  async futures(settings, n, { variables = [], signal, part, lane = "" } = {}) {
    const { pack } = this;
    whole(n, 1, pack.draws * pack.replicates, "the number of futures");
    for (const name of variables) known(name, [...pack.variables, ...pack.conditions], "variable or condition");
    checked(pack, settings);
    if (this.broken) throw new Error(this.broken);
    if (!this.threads) throw new Error("the pool is closed");
    const draws = Math.min(n, pack.draws);
    const replicates = Math.max(1, Math.round(n / pack.draws));
    const marks = part ? [1, 2, 4, 8, 16].filter((mark) => mark < replicates) : [];
    marks.push(replicates);
    this.stop(this.lanes.get(lane));
    const id = (this.count += 1);
    this.lanes.set(lane, id);
    return new Promise((resolve, reject) => {
      this.requests.set(id, { resolve, reject, variables, part, replicates, lane, counts: new Map() });
      if (signal?.aborted) return this.stop(id);
      signal?.addEventListener("abort", () => this.stop(id), { once: true });
      this.workers.forEach((worker, place) => {
        const mine = [];
        for (let draw = place; draw < draws; draw += this.threads) mine.push(draw);
        worker.postMessage({ job: { id, settings, draws: mine, marks, variables } });
      });
    });
  }

  /** A request that is wanted no more, taken from the list and from its lane. */
  over(id) {
    const request = this.requests.get(id);
    this.requests.delete(id);
    if (request && this.lanes.get(request.lane) === id) this.lanes.delete(request.lane);
    return request;
  }

  /** End a request that is still wanted. */
  stop(id, error = aborted()) {
    const request = this.over(id);
    if (!request) return;
    for (const worker of this.workers) worker.postMessage({ stop: id });
    request.reject(error);
  }

  /** What a worker counted. */
  take(place, { id, counts, error }) {
    const request = this.requests.get(id);
    if (!request) return;
    if (error) {
      this.stop(id, Object.assign(new Error(error.message), { name: error.name }));
      return;
    }
    const mark = counts.replicates;
    const sent = request.counts.get(mark) ?? [];
    sent[place] = counts;
    request.counts.set(mark, sent);
    if (sent.filter(Boolean).length < this.threads) return;
    request.counts.delete(mark);
    const summary = summaryOf(this.pack, sent, request.variables);
    if (mark < request.replicates) {
      request.part(summary);
      return;
    }
    this.over(id);
    request.resolve(summary);
  }

  /** A worker broke: nothing that waits will come, and nothing that is asked later. */
  fail(message) {
    this.broken = `the model stopped (${message}); load this page again`;
    for (const id of [...this.requests.keys()]) this.stop(id, new Error(this.broken));
  }

  /** End all workers. */
  close() {
    for (const id of [...this.requests.keys()]) this.stop(id);
    for (const worker of this.workers) worker.postMessage({ close: true });
    this.workers = [];
  }
}
