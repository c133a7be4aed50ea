/** One future in words' place: who did what, why, and what came of it; the same as `triangle-sim story` tells. */

import { known, whole } from "./settings.js";

const TRIAD = ["CHN", "PRK", "RUS"];
const PAIRS = [["CHN", "PRK", 9], ["CHN", "RUS", 3], ["PRK", "RUS", 1]];

/** One run that was played with its reasons: numbers of its first column by name. */
export class Single {
  constructor(pack, record) {
    this.pack = pack;
    for (const name of ["state", "environment", "moves", "meetings", "begins", "outcomes", "told"]) {
      const all = record[name];
      this[name] = all.slice(0, all.length / record.stride);
      for (let row = 0; row < this[name].length; row += 1) this[name][row] = all[row * record.stride];
    }
    this.rows = new Map(pack.layout.told.map((label, row) => [label.join(" "), row]));
  }

  /** A reason of a quarter by its label; undefined where there is none. */
  why(quarter, ...label) {
    const row = this.rows.get(label.join(" "));
    return row === undefined ? undefined : this.told[quarter * this.rows.size + row];
  }

  /** A level after so many quarters. */
  level(name, quarter) {
    const { variables } = this.pack;
    return this.state[quarter * variables.length + variables.indexOf(name)];
  }

  /** All levels after a quarter has been played (0: the start), conditions as they were in it. */
  levels(after) {
    const { variables, conditions } = this.pack;
    const out = Object.fromEntries(variables.map((name) => [name, this.level(name, after)]));
    if (after > 0) conditions.forEach((name, k) => (out[name] = this.environment[(after - 1) * conditions.length + k]));
    return out;
  }

  outcome(name) {
    const at = this.pack.layout.outcomes.indexOf(name);
    return at < 0 ? null : this.outcomes[at];
  }

  /** Type, roles and signs of the triangle after so many quarters; null in a world without it. */
  triangle(after) {
    const { types, roles, type_of, roles_of } = this.pack;
    const pattern = this.outcome(`triangle.${after}`);
    if (pattern === null) return null;
    const signs = PAIRS.map(([i, j, weight]) => [`${i}-${j}`, (Math.floor(pattern / weight) % 3) - 1]);
    return {
      type: types[type_of[pattern]],
      roles: Object.fromEntries(TRIAD.map((code, k) => [code, roles[roles_of[k][pattern]]])),
      signs: Object.fromEntries(signs),
    };
  }

  /** The interests a country weighs, in the order of its payoff. */
  interests(code) {
    const mine = this.pack.layout.told.filter(([what, who]) => what === "term" && who === code);
    return [...new Set(mine.map((label) => label[3]))];
  }

  /** Payoffs of a country's menu in a quarter. */
  payoffs(code, quarter) {
    return this.pack.menus[code].map((move) => this.why(quarter, "payoff", code, move));
  }
}

/** The first place of the largest number. */
function largest(numbers) {
  return numbers.reduce((best, each, k) => (each > numbers[best] ? k : best), 0);
}

/** A country's act in a quarter; by habit, it weighs nothing. */
function act(run, code, quarter, sealed) {
  const { pack } = run;
  const menu = pack.menus[code];
  const move = menu[run.moves[quarter * pack.codes.length + pack.codes.indexOf(code)]];
  const claims = pack.claims.moves[code][move];
  const chance = run.why(quarter, "chance", code, move);
  if (pack.by_habit.includes(code) && !sealed) {
    return { country: code, move, chance, best: "", pro: [], con: [], cost: 0, claims, sealed };
  }
  const gains = run.interests(code).map((interest) => ({
    interest,
    gain: run.why(quarter, "term", code, move, interest) - run.why(quarter, "term", code, "hold", interest),
    claims: pack.claims.interests[code][interest],
  }));
  gains.sort((a, b) => b.gain - a.gain);
  return {
    country: code,
    move,
    chance,
    best: menu[largest(run.payoffs(code, quarter))],
    pro: gains.filter(({ gain }) => gain > pack.small).slice(0, 2),
    con: gains.filter(({ gain }) => gain < -pack.small).reverse().slice(0, 1),
    cost: run.why(quarter, "cost", code, move) - run.why(quarter, "cost", code, "hold"),
    claims,
    sealed,
  };
}

/** The largest changes of a quarter, each with the two parts that made most of it. */
function changes(run, quarter) {
  const { variables, low, high, notable, layout } = run.pack;
  const sized = variables.map((variable, k) => {
    const [before, after] = [run.level(variable, quarter), run.level(variable, quarter + 1)];
    return { variable, before, after, size: Math.abs(after - before) / (high[k] - low[k]) };
  });
  const told = sized.sort((a, b) => b.size - a.size).slice(0, 3).filter(({ size }) => size >= notable);
  return told.map(({ variable, before, after }) => {
    const parts = layout.told.filter(([what, name]) => what === "part" && name === variable);
    const causes = parts.map((label) => [label[2], run.why(quarter, ...label)]);
    causes.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
    return { variable, before, after, causes: causes.slice(0, 2) };
  });
}

/** The whole history of a run; `sealed(code, quarter)` says whether a move was played from a seat. */
export function historyOf(run, draw, replicate, sealed) {
  const { pack } = run;
  const { codes, meetings, events, quarters } = pack;
  const names = (flags, all, quarter) => all.filter((_, k) => flags[quarter * all.length + k]);
  const ending = (name) => pack.endings[run.outcome(name)] ?? null;
  return {
    draw,
    replicate,
    theory: pack.theories[pack.theory[draw]],
    start: { label: quarters[0], ending: ending("at_start"), triangle: run.triangle(0), levels: run.levels(0) },
    ending: ending("end_state"),
    quarters: quarters.slice(0, -1).map((label, quarter) => ({
      label,
      events: names(run.begins, events.map((event) => event.name), quarter),
      acts: codes.map((code) => act(run, code, quarter, sealed(code, quarter))),
      meetings: names(run.meetings, meetings, quarter),
      changes: changes(run, quarter),
      triangle: run.triangle(quarter + 1),
      levels: run.levels(quarter + 1),
    })),
  };
}

/** What a country can play in a quarter, each move with what it is worth to it, before anybody has moved. */
export function optionsOf(run, quarter, code) {
  const { pack } = run;
  whole(quarter, 0, pack.quarters.length - 2, "a quarter");
  known(code, pack.codes, "country");
  const menu = pack.menus[code];
  const payoffs = run.payoffs(code, quarter);
  const best = largest(payoffs);
  const off = pack.disabled[code] ?? [];
  const term = (move, interest) => run.why(quarter, "term", code, move, interest);
  const cost = (move) => run.why(quarter, "cost", code, move);
  const options = menu.map((move, k) => {
    const terms = run.interests(code).map((interest) => ({
      interest,
      value: term(move, interest),
      gain: term(move, interest) - term("hold", interest),
      claims: pack.claims.interests[code][interest],
    }));
    return {
      move,
      payoff: payoffs[k],
      gain: terms.reduce((sum, { gain }) => sum + gain, 0) - cost(move) + cost("hold"),
      chance: run.why(quarter, "chance", code, move),
      cost: cost(move),
      terms,
      claims: pack.claims.moves[code][move],
      best: k === best,
    };
  });
  return options.filter(({ move }) => !off.includes(move));
}
