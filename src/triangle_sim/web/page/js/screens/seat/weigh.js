// What speaks for and against each move, in the country's own scale, and what a choice cost it.

/** Smaller gains and losses of an interest are not told; the same bound as in a story. */
export const SMALL = 1e-4;

/**
 * Each option against holding still, interest by interest, also where holding still is not on the menu.
 * @param {Array<{move: string, payoff: number, gain: number, chance: number, best: boolean,
 *   terms: Array<{interest: string, value: number, gain: number, claims: string[]}>}>} options as the engine gives them
 * @returns {Array<{move: string, payoff: number, chance: number, best: boolean, worth: number, cost: number,
 *   pro: Array<{interest: string, gain: number, claims: string[]}>, con: Array<Object>}>} `worth` and `cost` are those
 *   above holding still; the largest reasons come first
 */
export function weighed(options) {
  return options.map((option) => {
    const gains = option.terms.map(({ interest, claims, gain }) => ({ interest, claims, gain }));
    return {
      move: option.move,
      payoff: option.payoff,
      chance: option.chance,
      best: option.best,
      worth: option.gain,
      cost: gains.reduce((sum, { gain }) => sum + gain, 0) - option.gain,
      pro: gains.filter(({ gain }) => gain > SMALL).sort((a, b) => b.gain - a.gain),
      con: gains.filter(({ gain }) => gain < -SMALL).sort((a, b) => a.gain - b.gain),
    };
  });
}

/**
 * One played quarter beside the model's best reply, as the country could see it then.
 * @param {Array<Object>} options what was open in that quarter
 * @param {string} move what was played
 * @returns {{move: string, best: string, chance: number, bestChance: number, missed: number,
 *   why: Array<{interest: string, gain: number, claims: string[]}>}} `missed` is the payoff of the best reply less that
 *   of the move; `why` the interests that make the difference, the largest first
 */
export function compared(options, move) {
  const own = options.find((each) => each.move === move);
  const best = options.find((each) => each.best);
  const gain = ({ interest, value, claims }, k) => ({ interest, claims, gain: value - own.terms[k].value });
  const why = best.terms.map(gain).filter((each) => Math.abs(each.gain) > SMALL)
    .sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain));
  return { move, best: best.move, chance: own.chance, bestChance: best.chance, missed: best.payoff - own.payoff, why };
}

/** What all choices together cost: the sum over quarters. */
export function missedIn(rows) {
  return rows.reduce((sum, { missed }) => sum + missed, 0);
}
