/** The model itself in a page: the compiled module, its parameters, and the futures it plays. */

import { Deck, seatOf } from "./deck.js";
import { Futures } from "./futures.js";
import { Single, historyOf, optionsOf } from "./history.js";
import { checked, whole } from "./settings.js";

/** Bytes of base64 text that was compressed with gzip. */
export async function unzipped(text) {
  const letters = atob(text);
  const packed = new Uint8Array(letters.length);
  for (let k = 0; k < letters.length; k += 1) packed[k] = letters.charCodeAt(k);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Doubles that were stored byte plane by byte plane. */
export function fromPlanes(bytes) {
  const count = bytes.length / 8;
  const out = new Uint8Array(bytes.length);
  for (let plane = 0; plane < 8; plane += 1) {
    for (let k = 0, from = plane * count; k < count; k += 1) out[8 * k + plane] = bytes[from + k];
  }
  return new Float64Array(out.buffer);
}

/** Plays futures of a scenario, one after another in this thread; `Pool` does so in several. */
export class Engine {
  static unpacked = new WeakMap();

  /**
   * @param {object} pack a page's data, or its `engine` part
   * @param {{wasm: Uint8Array, values: Float64Array}} [bytes] the module and the parameters, if unpacked before
   */
  static async make(pack, bytes) {
    const part = pack.engine ?? pack;
    const got = bytes ?? (await Engine.unpack(part));
    const { instance } = await WebAssembly.instantiate(got.wasm, {});
    return new Engine(part, got.values, instance.exports);
  }

  /** The binary parts of a pack, unpacked once for all who ask. */
  static unpack(part) {
    if (!Engine.unpacked.has(part)) {
      const parts = Promise.all([unzipped(part.wasm), unzipped(part.values)]);
      Engine.unpacked.set(part, parts.then(([wasm, planes]) => ({ wasm, values: fromPlanes(planes) })));
    }
    return Engine.unpacked.get(part);
  }

  constructor(pack, values, exports) {
    this.pack = pack;
    this.values = values;
    this.exports = exports;
    this.memory = exports.memory;
    this.dealt = null;
    this.last = null;
  }

  /** The parameters of a draw, by name. */
  parameters(draw) {
    whole(draw, 0, this.pack.draws - 1, "a draw");
    const { parameters, draws } = this.pack;
    return Object.fromEntries(parameters.map((name, row) => [name, this.values[row * draws + draw]]));
  }

  /** Settings that were checked; throws a SettingsError. */
  checked(settings) {
    return checked(this.pack, settings);
  }

  /** These draws in the module's memory; the last ones stay until others are asked for. */
  deck(draws, told = false) {
    const key = `${told} ${Array.prototype.join.call(draws, " ")}`;
    if (this.dealt?.key !== key) this.dealt = { key, deck: new Deck(this, draws, told) };
    return this.dealt.deck;
  }

  /**
   * The first draws and replicates under some settings.
   *
   * @param {object} settings
   * @param {{draws?: number, replicates?: number}} [design] by default every draw once
   * @returns {Futures} with a theory set, of its draws alone
   */
  run(settings, { draws = this.pack.draws, replicates = 1 } = {}) {
    whole(draws, 1, this.pack.draws, "the number of draws");
    whole(replicates, 1, this.pack.replicates, "the number of replicates");
    const set = this.checked(settings);
    const chosen = this.under(set.theory, Array.from({ length: draws }, (_, draw) => draw));
    const out = new Futures(this.pack, chosen, replicates);
    if (!chosen.length) return out;
    const deck = this.deck(chosen);
    for (let replicate = 0; replicate < replicates; replicate += 1) out.keep(deck.play(set, replicate));
    return out;
  }

  /** Those of some draws that are a theory's; all of them without one. */
  under(name, draws) {
    const { theories, theory } = this.pack;
    return name === null ? draws : draws.filter((draw) => theories[theory[draw]] === name);
  }

  /** One run with its reasons; the last one is kept. */
  single(settings, draw, replicate) {
    whole(draw, 0, this.pack.draws - 1, "a draw");
    whole(replicate, 0, 2 ** 32 - 1, "a replicate");
    const key = JSON.stringify([settings, draw, replicate]);
    if (this.last?.key !== key) {
      const set = this.checked(settings);
      this.last = { key, set, run: new Single(this.pack, this.deck([draw], true).play(set, replicate)) };
    }
    return this.last;
  }

  /** What happened in a run, quarter by quarter, and why: what `triangle-sim story` tells of it. */
  history(settings, draw, replicate) {
    const { run, set } = this.single(settings, draw, replicate);
    const sealed = (code, quarter) => seatOf(this.pack, set, code, quarter) !== null;
    return historyOf(run, draw, replicate, sealed);
  }

  /** What a country can play in a quarter of a run, and what each move is worth to it. */
  options(settings, draw, replicate, quarter, country) {
    return optionsOf(this.single(settings, draw, replicate).run, quarter, country);
  }
}
