/** Futures that were played: what happened in each, one entry a run. */

import { known, whole } from "./settings.js";

const TRIAD = ["CHN", "PRK", "RUS"];

/** Runs in the order of replicates, then draws: run `i` is draw `draw[i]`, replicate `replicate[i]`. */
export class Futures {
  constructor(pack, draws, replicates) {
    this.pack = pack;
    this.theories = pack.theories;
    this.n = draws.length * replicates;
    this.draw = Int32Array.from({ length: this.n }, (_, i) => draws[i % draws.length]);
    this.replicate = Int32Array.from({ length: this.n }, (_, i) => Math.floor(i / draws.length));
    /** Its place among `theories`, of each run. */
    this.theory = Int8Array.from(this.draw, (draw) => pack.theory[draw]);
    this.blocks = [];
  }

  /** Keep one replicate of all draws. */
  keep(record) {
    const arrays = ["state", "environment", "outcomes", "moves", "meetings", "begins"];
    const kept = { stride: record.stride, draws: record.draws };
    for (const name of arrays) kept[name] = record[name].slice();
    this.blocks.push(kept);
  }

  /** A row of an array of the record, one entry a run. */
  row(array, row, Kind) {
    const out = new Kind(this.n);
    this.blocks.forEach((block, k) => {
      const { stride, draws } = block;
      out.set(block[array].subarray(row * stride, row * stride + draws.length), k * draws.length);
    });
    return out;
  }

  /** A row of what is kept of every quarter: its quarter, its place among the names. */
  within(array, quarter, name, names, what, Kind = Int8Array) {
    const last = this.pack.quarters.length - (array === "state" ? 1 : 2);
    known(name, names, what);
    return this.row(array, whole(quarter, 0, last, "a quarter") * names.length + names.indexOf(name), Kind);
  }

  /** Levels of a state variable (quarter 0 is the start) or a condition (in the quarter) in each run. */
  level(name, quarter) {
    const { variables, conditions } = this.pack;
    known(name, [...variables, ...conditions], "variable or condition");
    if (variables.includes(name)) return this.within("state", quarter, name, variables, "variable", Float64Array);
    return this.within("environment", quarter, name, conditions, "condition", Float64Array);
  }

  /** Moves of a country in a quarter, places in its menu. */
  move(code, quarter) {
    return this.within("moves", quarter, code, this.pack.codes, "country");
  }

  /** Whether two moves met in a quarter: 1 or 0. */
  met(name, quarter) {
    return this.within("meetings", quarter, name, this.pack.meetings, "meeting");
  }

  /** Whether an event began in a quarter: 1 or 0. */
  begins(name, quarter) {
    return this.within("begins", quarter, name, this.pack.events.map((event) => event.name), "event");
  }

  /** An outcome of each run; NaN where it has none. */
  outcome(name) {
    const names = this.pack.layout.outcomes;
    return this.row("outcomes", names.indexOf(known(name, names, "outcome")), Float64Array);
  }

  /** How each run ends: places among `pack.endings`. */
  ending() {
    return Int8Array.from(this.outcome("end_state"));
  }

  /** How each run would end if it ended where it begins. */
  ending_at_start() {
    return Int8Array.from(this.outcome("at_start"));
  }

  /** Types of the China-North Korea-Russia triangle after so many quarters, places among `pack.types`. */
  types(quarter) {
    return Int8Array.from(this.patterns(quarter), (pattern) => this.pack.type_of[pattern]);
  }

  /** Roles in it, by default North Korea's, places among `pack.roles`. */
  roles(quarter, code = "PRK") {
    const of = this.pack.roles_of[TRIAD.indexOf(known(code, TRIAD, "country of the triangle"))];
    return Int8Array.from(this.patterns(quarter), (pattern) => of[pattern]);
  }

  /** The signs of its three ties as one code, a place in `pack.type_of`. */
  patterns(quarter) {
    return this.outcome(`triangle.${whole(quarter, 0, this.pack.quarters.length - 1, "a quarter")}`);
  }
}
