// What speaks for and against each move, in the country's own scale, and what a choice cost it.

/** Smaller gains and losses of an interest are not told; the same bound as in a story. */
export const SMALL = 1e-4;

/**
 * Each option against holding still, interest by interest.
 * @param {Array<{move: string, payoff: number, chance: number, cost: number, best: boolean,
 *   terms: Array<{interest: string, value: number, claims: string[]}>}>} options as the engine gives them
 * @returns {Array<{move: string, payoff: number, chance: number, best: boolean, worth: number, cost: number,
 *   pro: Array<{interest: string, gain: number, claims: string[]}>, con: Array<Object>}>} `worth` and `cost` are those
 *   above holding still; the largest reasons come first
 */
export function weighed(options) {
  const still = options.find((each) => each.move === "hold") ?? options[0];
  return options.map((option) => {
    const gains = option.terms.map(({ interest, value, claims }, k) => (
      { interest, claims, gain: value - still.terms[k].value }
    ));
    return {
      move: option.move,
      payoff: option.payoff,
      chance: option.chance,
      best: isBest(option, options),
      worth: option.payoff - still.payoff,
      cost: option.cost - still.cost,
      pro: gains.filter(({ gain }) => gain > SMALL).sort((a, b) => b.gain - a.gain),
      con: gains.filter(({ gain }) => gain < -SMALL).sort((a, b) => a.gain - b.gain),
    };
  });
}

/** The option with the highest payoff; of several, the first in the menu, as the model's own order has it. */
export function bestOf(options) {
  return options.reduce((best, each) => (each.payoff > best.payoff ? each : best));
}

/**
 * One played quarter beside the model's best reply.
 * @param {Array<Object>} options what was open in that quarter
 * @param {string} move what was played
 */
export function compared(options, move) {
  const best = bestOf(options);
  const own = options.find((each) => each.move === move);
  return { move, best: best.move, chance: own.chance, bestChance: best.chance, missed: best.payoff - own.payoff };
}

/** What all choices together cost: the sum over quarters. */
export function missedIn(rows) {
  return rows.reduce((sum, { missed }) => sum + missed, 0);
}

function isBest(option, options) {
  return bestOf(options) === option;
}
