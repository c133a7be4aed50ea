// A game from one country's seat: whose it is, in which world, and the moves sealed so far. Values that never change.

/** Quarters of a session; a reader may go on to the horizon. */
export const SESSION = 8;

/**
 * A new game.
 * @param {string} country its code
 * @param {{draw: number, replicate: number}} world which history
 * @returns {{country: string, draw: number, replicate: number, moves: Array<?string>, over: boolean}}
 */
export function begun(country, { draw, replicate }) {
  return { country, draw, replicate, moves: [], over: false };
}

/** The game after one more move; null leaves the quarter to the country's own rule. */
export function sealed(game, move) {
  return { ...game, moves: [...game.moves, move], over: false };
}

/** The game with its last quarter taken back. */
export function undone(game) {
  return { ...game, moves: game.moves.slice(0, -1), over: false };
}

/** The game as it stands, its rest left to the model. */
export function played(game) {
  return { ...game, over: true };
}

/** The settings in which the model plays the game: those of the page, and the moves in the country's seat. */
export function settingsOf(game, settings) {
  const { [game.country]: _, ...others } = settings.seats ?? {};
  return { ...settings, seats: game.moves.length ? { ...others, [game.country]: game.moves } : others };
}

/** The same without the reader: the country decides for itself, also where it has moves in the scenario's `seats`. */
export function withoutOf(game, settings, seats) {
  const without = settingsOf({ ...game, moves: [] }, settings);
  return seats[game.country] ? { ...without, seats: { ...without.seats, [game.country]: null } } : without;
}

/**
 * A history number as `story --run` takes it, `37.4`: draw 37, replicate 4. Null for anything else.
 * @param {string} text
 * @param {{draws: number, replicates: number}} size how many there are of each
 */
export function worldOf(text, { draws, replicates }) {
  const found = /^\s*(\d{1,6})(?:\.(\d{1,6}))?\s*$/.exec(text);
  if (!found) return null;
  const world = { draw: Number(found[1]), replicate: Number(found[2] ?? 0) };
  return world.draw < draws && world.replicate < replicates ? world : null;
}

/** Any history at all. */
export function anyWorld({ draws, replicates }, luck = Math.random) {
  return { draw: Math.floor(luck() * draws), replicate: Math.floor(luck() * replicates) };
}

/**
 * The game that the page's settings hold, as a link brings it: the first country with moves in its seat, in the
 * history shown. Null where nobody plays. A link does not tell quarters left to the rule at the end of a game; `known`,
 * the game as the page remembers it, does, and is kept where it is the same game.
 * @param {{seats: Object<string, Array<?string>>}} settings
 * @param {?[number, number]} run draw and replicate
 * @param {?Object} known
 */
export function gameOf(settings, run, known = null) {
  const seat = (code) => settings.seats?.[code] ?? [];
  const world = run ? { draw: run[0], replicate: run[1] } : { draw: 0, replicate: 0 };
  const same = known && (!run || (known.draw === world.draw && known.replicate === world.replicate));
  if (same && spoken(known.moves) === spoken(seat(known.country))) return known;
  const country = [known?.country, ...Object.keys(settings.seats ?? {}).sort()]
    .find((code) => code && seat(code).some((move) => move !== null));
  return country ? { ...begun(country, world), moves: [...seat(country)] } : null;
}

/** Moves as a link has them: without the quarters at the end that nobody played. */
function spoken(moves) {
  const last = moves.findLastIndex((move) => move !== null);
  return JSON.stringify(moves.slice(0, last + 1));
}
