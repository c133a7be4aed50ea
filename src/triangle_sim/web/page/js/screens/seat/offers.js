// What stands offered: a move that invites an answer, and has had none, may be answered for one more quarter.

/**
 * Invitations that are open as a quarter begins.
 * @param {Object<string, {moves: [[string, string], [string, string]], stands: boolean, barred_by: ?string}>} meetings
 *   the pack's, by name
 * @param {Array<{country: string, move: string}>} acts of the quarter before; none before the first
 * @param {string[]} met meetings that came about in it
 * @param {Object<string, number>} levels conditions of the quarter that begins
 * @returns {Array<{meeting: string, from: string, by: string, to: string, answer: string, barred: ?string}>} `barred`:
 *   the condition that keeps the two apart in it
 */
export function standing(meetings, acts = [], met = [], levels = {}) {
  const did = Object.fromEntries(acts.map(({ country, move }) => [country, move]));
  const open = [];
  for (const [name, { moves: [first, second], stands = true, barred_by: bar }] of Object.entries(meetings)) {
    if (!stands || met.includes(name)) continue;
    const barred = bar && levels[bar] > 0.5 ? bar : null;
    for (const [mine, theirs] of [[first, second], [second, first]]) {
      if (did[mine[0]] !== mine[1]) continue;
      open.push({ meeting: name, from: mine[0], by: mine[1], to: theirs[0], answer: theirs[1], barred });
    }
  }
  return open;
}

/** What a move of a country could bring about together with another's: each with whether its offer stands already. */
export function together(meetings, country, move, open) {
  return Object.entries(meetings).flatMap(([name, { moves: [first, second] }]) => (
    [[first, second], [second, first]].filter(([mine]) => mine[0] === country && mine[1] === move)
      .map(([, theirs]) => ({
        meeting: name,
        with: theirs[0],
        needs: theirs[1],
        open: open.some((offer) => offer.meeting === name && offer.from === theirs[0] && !offer.barred),
      }))
  ));
}
