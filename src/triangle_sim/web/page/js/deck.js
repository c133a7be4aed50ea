/** Some draws laid out in the module's memory: parameters once, then replicate after replicate. */

/** What an event that never comes has for its quarter. */
export const NEVER = 2 ** 30;

/** Bytes of the arrays that the module is given of its runs and keeps of a world, by name. */
export function sizes(pack, stride, told) {
  const { layout } = pack;
  const quarters = pack.quarters.length - 1;
  const events = pack.events.length;
  const countries = pack.codes.length;
  const hazards = pack.events.filter((event) => event.hazard !== null).length;
  return {
    values: pack.parameters.length * stride * 8,
    events: 2 * events * stride * 8,
    strikes: quarters * hazards * stride * 8,
    orders: quarters * countries * 8,
    seats: quarters * countries * 8,
    address: stride * 8,
    pins: pack.conditions.length * 8,
    state: (quarters + 1) * pack.variables.length * stride * 8,
    environment: quarters * pack.conditions.length * stride * 8,
    moves: quarters * countries * stride,
    meetings: quarters * pack.meetings.length * stride,
    begins: quarters * events * stride,
    active: quarters * events * stride,
    outcomes: (layout.outcomes ?? []).length * stride * 8,
    told: told ? quarters * layout.told.length * stride * 8 : 0,
  };
}

/** The move played from a country's seat in a quarter, or null: that of the settings, else of the scenario. */
export function seatOf(pack, settings, code, quarter) {
  return (settings.seats.get(code) ?? pack.seats[code] ?? [])[quarter] ?? null;
}

/** A deck of draws; `play` simulates one replicate of each and returns views of the record, rows `stride` apart. */
export class Deck {
  /**
   * @param {object} engine has `pack`, `values`, `exports`, `memory`
   * @param {ArrayLike<number>} draws which draws, up to a whole group filled up with the last
   * @param {boolean} told whether to keep the reasons of every quarter
   */
  constructor(engine, draws, told) {
    const { pack, exports } = engine;
    const { layout } = pack;
    this.engine = engine;
    this.draws = Int32Array.from(draws);
    this.told = told;
    this.stride = Math.ceil(this.draws.length / layout.group) * layout.group;
    this.bytes = sizes(pack, this.stride, told);
    let end = exports.__heap_base.value;
    const place = (bytes) => {
      const here = Math.ceil(end / 64) * 64;
      end = here + Math.max(bytes, 64);
      return here;
    };
    const tables = { runs: layout.runs.length, world: layout.world.length, row: this.stride };
    this.at = Object.fromEntries(Object.entries(tables).map(([name, words]) => [name, place(words * 8)]));
    for (const [name, bytes] of Object.entries(this.bytes)) this.at[name] = place(bytes);
    this.at.room = place(layout.shared + layout.each);
    const missing = end - engine.memory.buffer.byteLength;
    if (missing > 0) engine.memory.grow(Math.ceil(missing / 65536));
    this.write();
    this.deal();
  }

  /** A view of an array: doubles, bytes, or words of 64 bits as pairs of 32. */
  view(name, Kind = Float64Array) {
    const count = name === "row" ? this.stride : this.bytes[name] / Kind.BYTES_PER_ELEMENT;
    return new Kind(this.engine.memory.buffer, this.at[name], count);
  }

  /** The tables of words through which the module finds its arrays. */
  write() {
    const { layout, seed } = this.engine.pack;
    const facts = { stride: BigInt(this.stride), seed: BigInt(seed), worlds: 1n };
    for (const [table, names] of [["runs", layout.runs], ["world", layout.world]]) {
      const words = new BigUint64Array(this.engine.memory.buffer, this.at[table], names.length);
      names.forEach((name, k) => {
        if (facts[name] === undefined && this.at[name] === undefined) throw new Error(`the module wants ${name}`);
        words[k] = facts[name] ?? BigInt(this.at[name]);
      });
    }
  }

  /** Parameters of the draws. */
  deal() {
    const { pack, values } = this.engine;
    const into = this.view("values");
    const { stride, draws } = this;
    for (let row = 0; row < pack.parameters.length; row += 1) {
      const from = row * pack.draws;
      const to = row * stride;
      for (let k = 0; k < stride; k += 1) into[to + k] = values[from + draws[Math.min(k, draws.length - 1)]];
    }
  }

  /** A row of uniform numbers of a stream, one a run, at an address or into the spare row. */
  uniform(stream, counter, to = this.at.row) {
    const { pack, exports } = this.engine;
    const key = BigInt.asIntN(64, BigInt(`0x${pack.keys[stream]}`));
    for (let run = 0; run < this.stride; run += pack.layout.group) {
      exports.uniform(this.at.runs, BigInt(run), BigInt(counter), key, to + run * 8, to + run * 8);
    }
  }

  /** What luck and settings decide about events: before the first quarter, and quarter by quarter. */
  luck(settings) {
    const { events, quarters } = this.engine.pack;
    const { stride } = this;
    const row = this.view("row");
    const out = this.view("events");
    const taken = new Map();
    let hazards = 0;
    const all = events.filter((event) => event.hazard !== null).length;
    events.forEach((event, k) => {
      const possible = out.subarray(k * stride, (k + 1) * stride);
      const due = out.subarray((events.length + k) * stride, (events.length + k + 1) * stride);
      const chance = settings.odds.get(event.name) ?? event.probability;
      const low = event.group === null ? 0 : (taken.get(event.group) ?? 0);
      const high = low + chance;
      if (event.group !== null) taken.set(event.group, high);
      this.uniform(event.group === null ? `whether:${event.name}` : `group:${event.group}`, 0);
      for (let j = 0; j < stride; j += 1) possible[j] = event.may && row[j] >= low && row[j] < high ? 1 : 0;
      due.fill(NEVER);
      if (event.scheduled && settings.dates.has(event.name)) due.fill(settings.dates.get(event.name));
      else if (event.scheduled) {
        this.uniform(`when:${event.name}`, 0);
        const span = event.last - event.first + 1;
        for (let j = 0; j < stride; j += 1) due[j] = event.first + Math.floor(row[j] * span);
      }
      if (event.hazard === null) return;
      const hazard = settings.hazards.get(event.name) ?? event.hazard;
      for (let quarter = 0; quarter < quarters.length - 1; quarter += 1) {
        const at = (quarter * all + hazards) * stride;
        this.uniform(`hazard:${event.name}`, quarter, this.at.strikes + at * 8);
        const strikes = this.view("strikes").subarray(at, at + stride);
        for (let j = 0; j < stride; j += 1) strikes[j] = strikes[j] < hazard ? 1 : 0;
      }
      hazards += 1;
    });
  }

  /** What is the same for all runs: conditions that are held, and the moves of scripts and seats. */
  hold(settings) {
    const { pack } = this.engine;
    const { conditions, codes, menus, orders, quarters } = pack;
    this.view("pins").set(conditions.map((name) => settings.conditions.get(name) ?? NaN));
    this.view("orders").set(orders.flat());
    const seats = this.view("seats").fill(-1);
    codes.forEach((code, k) => {
      for (let quarter = 0; quarter < quarters.length - 1; quarter += 1) {
        const move = seatOf(pack, settings, code, quarter);
        if (move !== null) seats[quarter * codes.length + k] = menus[code].indexOf(move);
      }
    });
  }

  /**
   * Simulate one replicate of every draw.
   *
   * @param {object} settings as `checked` returns them
   * @param {number} replicate
   * @returns {object} views: state, environment, moves, meetings, begins, outcomes, told; valid until the next play
   */
  play(settings, replicate) {
    const { exports } = this.engine;
    const address = this.view("address", Uint32Array);
    for (let k = 0; k < this.stride; k += 1) {
      address[2 * k] = replicate;
      address[2 * k + 1] = this.draws[Math.min(k, this.draws.length - 1)];
    }
    this.hold(settings);
    this.luck(settings);
    const go = this.told ? exports.simulate_told : exports.simulate;
    go(this.at.runs, this.at.world, this.at.room, 0n, BigInt(this.stride));
    const record = { stride: this.stride, draws: this.draws };
    for (const name of ["state", "environment", "outcomes", "told"]) record[name] = this.view(name);
    for (const name of ["moves", "meetings", "begins"]) record[name] = this.view(name, Int8Array);
    return record;
  }
}
