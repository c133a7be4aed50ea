/** What many futures come to: shares and means with intervals over draws, fans, and the triangle quarter by quarter. */

import { mean, share } from "./intervals.js";
import { metOf } from "./meetings.js";
import { BINS, quantiles } from "./tally.js";

const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];
const PRK = 1;

/**
 * A summary of counts. A share or mean has its draws' own `means` beside its interval, in an order that is the same in
 * all summaries of one pool and size: differences between settings are taken draw by draw.
 *
 * @param {object} pack
 * @param {object[]} parts the `counts` of tallies of different draws, with equally many replicates
 * @param {string[]} variables those whose levels were counted
 */
export function summaryOf(pack, parts, variables) {
  const counted = parts.filter((part) => part.draws.length);
  const drawn = counted.reduce((sum, part) => sum + part.draws.length, 0);
  const replicates = counted[0]?.replicates ?? 0;
  const drawnOf = (theory) => ({ draws }) => draws.some((draw) => pack.theory[draw] === theory);
  const group = (theory) => groupOf(pack, counted, variables, theory);
  const entries = pack.theories.map((name, theory) => [name, theory]).filter((each) => counted.some(drawnOf(each[1])));
  const theories = Object.fromEntries(entries.map(([name, theory]) => [name, group(theory)]));
  return { n: drawn * replicates, draws: drawn, replicates, all: group(null), theories };
}

/** Of all draws, or of a theory's. */
function groupOf(pack, parts, variables, theory) {
  const chosen = parts.map(({ draws }) => {
    const places = Array.from(draws, (_, k) => k);
    return theory === null ? places : places.filter((k) => pack.theory[draws[k]] === theory);
  });
  const draws = chosen.reduce((sum, places) => sum + places.length, 0);
  const n = draws * (parts[0]?.replicates ?? 0);
  /** One number a draw: `of(part, row * draws + place)`. */
  const each = (row, of) => {
    const out = new Float64Array(draws);
    let to = 0;
    parts.forEach((part, k) => {
      const from = row * part.draws.length;
      for (const place of chosen[k]) out[to++] = of(part, from + place);
    });
    return out;
  };
  const endings = (name) =>
    pack.layout.outcomes.includes("end_state")
      ? Object.fromEntries(
          pack.endings.map((ending, k) => {
            const means = each(k, (part, at) => part[name][at] / part.replicates);
            return [ending, { ...share(means, n), means }];
          }),
        )
      : {};
  const theories = theory === null ? pack.theories.map((_, k) => k) : [theory];
  return {
    n,
    endings: endings("ends"),
    start: endings("starts"),
    outcomes: outcomesOf(pack, each, n),
    met: metOf(pack.meetings, parts, chosen, n),
    fan: fansOf(pack, parts, variables, theories),
    ...trianglesOf(pack, parts, theories),
  };
}

function outcomesOf(pack, each, n) {
  const measured = pack.layout.outcomes.filter((name) => pack.kinds[name] && pack.kinds[name] !== "category");
  const entries = measured.map((name, row) => {
    const means = each(row, (part, at) => (part.known[at] ? part.sums[at] / part.known[at] : NaN));
    const known = means.some((value) => value === value);
    return [name, { ...(pack.kinds[name] === "truth" && known ? share(means, n) : mean(means)), means }];
  });
  return Object.fromEntries(entries);
}

/** Counts of some theories and all parts, added up: `size` numbers from `at(theory)` on. */
function added(parts, name, theories, at, size) {
  const out = new Float64Array(size);
  for (const { [name]: counts } of parts) {
    for (const theory of theories) {
      const from = at(theory);
      for (let k = 0; k < size; k += 1) out[k] += counts[from + k];
    }
  }
  return out;
}

function fansOf(pack, parts, variables, theories) {
  const quarters = pack.quarters.length;
  const entries = variables.map((name, k) => {
    const place = pack.variables.indexOf(name);
    const [low, high] = place >= 0 ? [pack.low[place], pack.high[place]] : pack.condition_ranges[name];
    const fan = Array.from({ length: place >= 0 ? quarters : quarters - 1 }, (_, quarter) => {
      const at = (theory) => ((theory * variables.length + k) * quarters + quarter) * BINS;
      const bins = added(parts, "bins", theories, at, BINS);
      const [q05, q25, q50, q75, q95] = quantiles(bins, PROBABILITIES, low, high);
      return { q05, q25, q50, q75, q95 };
    });
    return [name, fan];
  });
  return Object.fromEntries(entries);
}

/** Shares of types and of North Korea's roles in each quarter, the start first; none in a world without the three. */
function trianglesOf(pack, parts, theories) {
  if (!pack.layout.outcomes.includes("triangle.0")) return { types: [], roles: [] };
  const { quarters, type_of: typeOf, roles_of: rolesOf } = pack;
  const patterns = typeOf.length;
  const types = [];
  const roles = [];
  quarters.forEach((_, quarter) => {
    const at = (theory) => (theory * quarters.length + quarter) * patterns;
    const counts = added(parts, "shapes", theories, at, patterns);
    types.push(shares(pack.types, typeOf, counts));
    roles.push(shares(pack.roles, rolesOf[PRK], counts));
  });
  return { types, roles };
}

/** Shares of names, from counts of patterns and the name's place `of` each. */
function shares(names, of, counts) {
  const total = counts.reduce((sum, each) => sum + each, 0);
  const found = names.map(() => 0);
  counts.forEach((count, pattern) => (found[of[pattern]] += count));
  return Object.fromEntries(names.map((name, k) => [name, found[k] / total]));
}
