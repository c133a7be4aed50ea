// What a role pays: what North Korea gets from its patrons in quarters in which it has it, measured in played futures.

import { mean, share } from "./intervals.js";

const THREE = ["CHN", "PRK", "RUS"];

/**
 * By North Korea's role: the share of quarters, what both patrons supply at once (the smaller of the two supplies) and
 * what the two supply together; with 95 % intervals over draws.
 * @param {Object} futures of the engine
 * @returns {{roles: Object<string, {share: Share, both: Share, all: Share}>, pivots: Object<string, Share>,
 *   gain: {both: Share, all: Share}, draws: number}} gain: as pivot, less in all other quarters, within the same draws;
 *   pivots: how often each of the three is the pivot
 */
export function rolesPay(futures) {
  const { roles: names, quarters } = futures.pack;
  const last = quarters.length - 1;
  const draws = Math.max(...futures.draw) + 1;
  const zeros = () => names.map(() => new Float64Array(draws));
  const [count, both, all] = [zeros(), zeros(), zeros()];
  const pivots = Object.fromEntries(THREE.map((code) => [code, new Float64Array(draws)]));
  const pivot = names.indexOf("pivot");
  for (let quarter = 1; quarter <= last; quarter += 1) {
    const [chinese, russian] = ["chinese_supply", "russian_supply"].map((name) => futures.level(name, quarter));
    for (const code of THREE) {
      const roles = futures.roles(quarter, code);
      for (let run = 0; run < futures.n; run += 1) {
        const draw = futures.draw[run];
        if (roles[run] === pivot) pivots[code][draw] += 1;
        if (code !== "PRK") continue;
        count[roles[run]][draw] += 1;
        both[roles[run]][draw] += Math.min(chinese[run], russian[run]);
        all[roles[run]][draw] += chinese[run] + russian[run];
      }
    }
  }
  const every = Array.from({ length: draws }, (_, draw) => draw);
  const played = every.filter((draw) => names.some((_, r) => count[r][draw]));
  const total = (draw) => count.reduce((sum, row) => sum + row[draw], 0);
  const part = (row) => share(played.map((draw) => row[draw] / total(draw)), futures.n * last);
  const seen = (r) => played.filter((draw) => count[r][draw]);
  const level = (sums, r) => mean(seen(r).map((draw) => sums[r][draw] / count[r][draw]));
  const rest = (sums, draw) => names.reduce((sum, _, r) => (r === pivot ? sum : sum + sums[r][draw]), 0);
  const mixed = played.filter((draw) => count[pivot][draw] && total(draw) > count[pivot][draw]);
  const gained = (sums) => mean(mixed.map((draw) =>
    sums[pivot][draw] / count[pivot][draw] - rest(sums, draw) / (total(draw) - count[pivot][draw])));
  return {
    roles: Object.fromEntries(names.map((name, r) =>
      [name, { share: part(count[r]), both: level(both, r), all: level(all, r) }])),
    pivots: Object.fromEntries(THREE.map((code) => [code, part(pivots[code])])),
    gain: { both: gained(both), all: gained(all) },
    draws: played.length,
  };
}
