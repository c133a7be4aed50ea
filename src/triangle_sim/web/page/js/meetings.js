// Meetings in an order: whether two moves ever met, and whether they first did in a quarter after two others had.

import { share } from "./intervals.js";

/** Which meeting first came after which, counted run by run and added up by draw. */
export class Order {
  /**
   * @param {number} meetings how many there are
   * @param {number} draws
   * @param {number} most replicates
   */
  constructor(meetings, draws, most) {
    this.meetings = meetings;
    this.draws = draws;
    /** (meeting, other, draws): runs in which it came after the other; beside itself: in which it came at all. */
    this.counts = new (most < 256 ? Uint8Array : Uint32Array)(meetings * meetings * draws);
    this.firsts = new Uint16Array(meetings * draws);
  }

  /** Add one replicate: flags of (quarters, meetings, stride). */
  add(flags, stride) {
    const { meetings, draws, firsts, counts } = this;
    const quarters = flags.length / (meetings * stride);
    firsts.fill(quarters);
    for (let quarter = quarters - 1; quarter >= 0; quarter -= 1) {
      for (let which = 0; which < meetings; which += 1) {
        const from = (quarter * meetings + which) * stride;
        const to = which * draws;
        for (let run = 0; run < draws; run += 1) if (flags[from + run]) firsts[to + run] = quarter;
      }
    }
    for (let one = 0; one < meetings; one += 1) {
      for (let other = 0; other < meetings; other += 1) {
        const to = (one * meetings + other) * draws;
        for (let run = 0; run < draws; run += 1) {
          const first = firsts[one * draws + run];
          if (first < quarters && (one === other || firsts[other * draws + run] < first)) counts[to + run] += 1;
        }
      }
    }
  }
}

/**
 * What `(meeting, after)` gives of counts: the share of runs, with its interval and its draws' own means.
 * @param {string[]} names all meetings
 * @param {Object[]} parts counts of different draws, each with `met`, `draws` and `replicates`
 * @param {number[][]} chosen places of the draws that count, one list a part
 * @param {number} n runs
 */
export function metOf(names, parts, chosen, n) {
  const kept = parts.map(({ met, draws, replicates }, k) =>
    ({ met, size: draws.length, replicates, places: chosen[k] }));
  return (meeting, after = null) => {
    const [one, other] = [meeting, after ?? meeting].map((name) => names.indexOf(name));
    if (one < 0 || other < 0) return null;
    const row = one * names.length + other;
    const means = Float64Array.from(kept.flatMap(({ met, size, replicates, places }) =>
      places.map((place) => met[row * size + place] / replicates)));
    return { ...share(means, n), means };
  };
}

/** A column of `sample`: `met us_prk_summit`, or `met us_prk_summit after us_rus_deal`. */
export function column(meeting, after = null) {
  return `met ${meeting}${after ? ` after ${after}` : ""}`;
}

/** The meeting of a column, and the one that came before it or null; null for what is no such column. */
export function asked(of) {
  const found = /^met (\w+)(?: after (\w+))?$/.exec(of);
  return found && found[1] !== found[2] ? { meeting: found[1], after: found[2] ?? null } : null;
}
