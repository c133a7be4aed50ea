/** Futures that were played: what happened in each, one entry a run. */

import { patternsOf } from "./triangle.js";
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
    this.triangles = null;
  }

  /** Keep one replicate of all draws. */
  keep(record) {
    const kept = { ...record };
    for (const name of ["state", "environment", "outcomes", "moves", "meetings", "begins"]) kept[name] = record[name].slice();
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

  quarter(quarter, last) {
    return whole(quarter, 0, last, "a quarter");
  }

  get quarters() {
    return this.pack.quarters.length - 1;
  }

  /** Levels of a state variable (quarter 0 is the start) or a condition (in the quarter) in each run. */
  level(name, quarter) {
    const { variables, conditions } = this.pack;
    known(name, [...variables, ...conditions], "variable or condition");
    const at = variables.indexOf(name);
    if (at >= 0) return this.row("state", this.quarter(quarter, this.quarters) * variables.length + at, Float64Array);
    const row = this.quarter(quarter, this.quarters - 1) * conditions.length + conditions.indexOf(name);
    return this.row("environment", row, Float64Array);
  }

  /** Moves of a country in a quarter, places in its menu. */
  move(code, quarter) {
    const { codes } = this.pack;
    known(code, codes, "country");
    return this.row("moves", this.quarter(quarter, this.quarters - 1) * codes.length + codes.indexOf(code), Int8Array);
  }

  /** Whether two moves met in a quarter: 1 or 0. */
  met(name, quarter) {
    const { meetings } = this.pack;
    known(name, meetings, "meeting");
    const row = this.quarter(quarter, this.quarters - 1) * meetings.length + meetings.indexOf(name);
    return this.row("meetings", row, Int8Array);
  }

  /** Whether an event began in a quarter: 1 or 0. */
  begins(name, quarter) {
    const names = this.pack.events.map((event) => event.name);
    known(name, names, "event");
    return this.row("begins", this.quarter(quarter, this.quarters - 1) * names.length + names.indexOf(name), Int8Array);
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
    return Int8Array.from(this.draw, (draw) => this.pack.start_ending[draw]);
  }

  /** Types of the China-North Korea-Russia triangle after so many quarters, places among `pack.types`. */
  types(quarter) {
    const patterns = this.patterns(quarter);
    return patterns.map((pattern) => this.pack.type_of[pattern]);
  }

  /** Roles in it, by default North Korea's, places among `pack.roles`. */
  roles(quarter, code = "PRK") {
    const of = this.pack.roles_of[TRIAD.indexOf(known(code, TRIAD, "country of the triangle"))];
    return this.patterns(quarter).map((pattern) => of[pattern]);
  }

  patterns(quarter) {
    this.triangles ??= this.blocks.map((block) => patternsOf(this.pack, block));
    const out = new Int8Array(this.n);
    this.blocks.forEach(({ draws }, k) => {
      const size = draws.length;
      const from = this.quarter(quarter, this.quarters) * size;
      out.set(this.triangles[k].subarray(from, from + size), k * size);
    });
    return out;
  }
}
