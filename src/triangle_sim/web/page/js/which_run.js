// Which history the page shows: the one that a link, the reader or else the scenario chose, if what is set has it;
// failing that, the first.

/** Draws that are played under what is set: those of the theory that is set, or all. */
export function drawsOf({ theories, theory, draws }, settings) {
  const all = Array.from({ length: draws }, (_, draw) => draw);
  return settings.theory ? all.filter((draw) => theories[theory[draw]] === settings.theory) : all;
}

/**
 * Draw and replicate of the history shown.
 * @param {Object} pack the engine's
 * @param {Object} settings
 * @param {{run?: [number, number]|null}} memory
 * @returns {[number, number]}
 */
export function runShown(pack, settings, { run = null }) {
  const there = drawsOf(pack, settings);
  return [run, pack.run].find((each) => each && there.includes(each[0])) ?? [there[0], 0];
}
