/** Futures added up by draw and by theory, one replicate after another: all that a summary is made of. */

import { Order } from "./meetings.js";

/** Bins of a variable's range, in which its levels are counted. */
export const BINS = 512;

/** What is counted of some draws: small typed arrays that a worker can send. */
export class Tally {
  /**
   * @param {object} pack
   * @param {number[]} draws
   * @param {string[]} variables those whose levels are counted: state variables or conditions
   */
  constructor(pack, draws, variables) {
    const quarters = pack.quarters.length;
    const theories = pack.theories.length;
    const { outcomes } = pack.layout;
    this.pack = pack;
    this.variables = variables;
    this.measured = outcomes.filter((name) => pack.kinds[name] && pack.kinds[name] !== "category");
    this.rows = this.measured.map((name) => outcomes.indexOf(name));
    this.endings = ["end_state", "at_start"].map((name) => outcomes.indexOf(name));
    this.shapes = pack.quarters.map((_, quarter) => outcomes.indexOf(`triangle.${quarter}`));
    this.theory = Int8Array.from(draws, (draw) => pack.theory[draw]);
    const size = draws.length;
    this.order = new Order(pack.meetings.length, size, pack.replicates);
    this.counts = {
      draws: Int32Array.from(draws),
      replicates: 0,
      /** (outcomes, draws): sums of the known values, and how many are known. */
      sums: new Float64Array(this.rows.length * size),
      known: new Int32Array(this.rows.length * size),
      /** (endings, draws). */
      ends: new Int32Array(pack.endings.length * size),
      starts: new Int32Array(pack.endings.length * size),
      /** (theories, quarters, patterns of the triangle's signs). */
      shapes: new Int32Array(theories * quarters * pack.type_of.length),
      /** (theories, variables, quarters, bins). */
      bins: new Int32Array(theories * variables.length * quarters * BINS),
      met: this.order.counts,
    };
  }

  /** Add one replicate of the draws, as `Deck.play` returns it. */
  add(record) {
    this.counts.replicates += 1;
    this.outcomes(record);
    this.triangles(record);
    this.levels(record);
    this.order.add(record.meetings, record.stride);
  }

  outcomes({ outcomes, stride }) {
    const { sums, known, ends, starts } = this.counts;
    const size = this.theory.length;
    this.rows.forEach((row, k) => {
      for (let run = 0; run < size; run += 1) {
        const value = outcomes[row * stride + run];
        if (value !== value) continue;
        sums[k * size + run] += value;
        known[k * size + run] += 1;
      }
    });
    [ends, starts].forEach((into, k) => {
      if (this.endings[k] < 0) return;
      const from = this.endings[k] * stride;
      for (let run = 0; run < size; run += 1) into[outcomes[from + run] * size + run] += 1;
    });
  }

  triangles({ outcomes, stride }) {
    const { shapes } = this.counts;
    const patterns = this.pack.type_of.length;
    const quarters = this.shapes.length;
    this.shapes.forEach((row, quarter) => {
      if (row < 0) return;
      for (let run = 0; run < this.theory.length; run += 1) {
        shapes[(this.theory[run] * quarters + quarter) * patterns + outcomes[row * stride + run]] += 1;
      }
    });
  }

  levels({ state, environment, stride }) {
    const { variables, conditions, condition_ranges: ranges, low, high, quarters } = this.pack;
    const { bins } = this.counts;
    this.variables.forEach((name, k) => {
      const at = variables.indexOf(name);
      const lasts = at >= 0 ? quarters.length : quarters.length - 1;
      const array = at >= 0 ? state : environment;
      const [row, rows] = at >= 0 ? [at, variables.length] : [conditions.indexOf(name), conditions.length];
      const [from, to] = at >= 0 ? [low[at], high[at]] : ranges[name];
      const scale = BINS / (to - from);
      for (let quarter = 0; quarter < lasts; quarter += 1) {
        const begin = (quarter * rows + row) * stride;
        for (let run = 0; run < this.theory.length; run += 1) {
          const bin = Math.min(BINS - 1, Math.max(0, Math.floor((array[begin + run] - from) * scale)));
          bins[((this.theory[run] * this.variables.length + k) * quarters.length + quarter) * BINS + bin] += 1;
        }
      }
    });
  }
}

/**
 * Quantiles of levels that were counted in bins of a range, each bin's spread evenly over it.
 *
 * @param {ArrayLike<number>} bins
 * @param {number[]} probabilities from the smallest on
 */
export function quantiles(bins, probabilities, low, high) {
  let total = 0;
  for (let bin = 0; bin < bins.length; bin += 1) total += bins[bin];
  if (!total) return probabilities.map(() => NaN);
  const width = (high - low) / bins.length;
  let bin = 0;
  let below = 0;
  /** The level of a rank, counted from 0; ranks never fall. */
  const level = (rank) => {
    while (below + bins[bin] <= rank) below += bins[bin++];
    return low + (bin + (rank - below + 0.5) / bins[bin]) * width;
  };
  return probabilities.map((probability) => {
    const place = probability * (total - 1);
    const first = level(Math.floor(place));
    const before = [bin, below];
    const second = level(Math.ceil(place));
    [bin, below] = before;
    return first + (place - Math.floor(place)) * (second - first);
  });
}
