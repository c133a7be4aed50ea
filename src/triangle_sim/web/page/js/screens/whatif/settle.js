// A few futures while a slider moves, many when it rests; what was asked last is what is drawn last.

/**
 * Counts what is asked for, and draws it: `ask(settings)` starts or replaces it.
 *
 * Of askings in one breath only the last counts. A quick count that runs is let run to its end, so that a slider in
 * motion shows something; the newest asking comes next. A full count gives way at once.
 * @param {Object} how
 * @param {(settings: Object, runs: number, signal: AbortSignal) => Promise<Object>} how.count
 * @param {(found: Object, settings: Object, settled: boolean) => void} how.draw
 * @param {(error: Error) => void} how.fail
 * @param {(counting: boolean) => void} [how.busy] told when counting begins and when all is settled
 * @param {number} how.quick runs while it moves
 * @param {number} how.full runs when it rests
 * @param {number} [how.rest] milliseconds without a new asking that count as rest
 * @param {(go: Function) => any} [how.breath] calls back when all that is asked at once has been asked
 * @returns {{ask: (settings: Object) => void, stop: () => void}}
 */
export function settling({ count, draw, fail, busy = () => {}, quick, full, rest = 60, breath = queueMicrotask }) {
  let wanted = null;
  let asked = false;
  let running = false;
  let settle = null;
  let timer = 0;
  let stopped = false;

  const quickly = async () => {
    asked = false;
    if (stopped || running || wanted === null) return;
    running = true;
    const settings = wanted;
    wanted = null;
    let broken = false;
    try {
      const found = await count(settings, quick, new AbortController().signal);
      if (!stopped) draw(found, settings, quick === full);
    } catch (error) {
      broken = true;
      if (!stopped) fail(error);
    }
    running = false;
    if (stopped) return;
    if (wanted !== null) soon();
    else if (broken) busy(false);
    else timer = setTimeout(() => fully(settings), rest);
  };

  const fully = async (settings) => {
    if (quick === full) return busy(false);
    const control = (settle = new AbortController());
    try {
      const found = await count(settings, full, control.signal);
      if (control.signal.aborted || stopped) return;
      draw(found, settings, true);
    } catch (error) {
      if (control.signal.aborted || stopped) return;
      fail(error);
    }
    busy(false);
  };

  const soon = () => {
    if (asked) return;
    asked = true;
    breath(quickly);
  };

  return {
    ask(settings) {
      wanted = settings;
      clearTimeout(timer);
      settle?.abort();
      busy(true);
      soon();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      settle?.abort();
    },
  };
}

/** What was counted before, by its key: a promise is kept as soon as it is made, and dropped if it fails. */
export function remembering(most = 24) {
  const known = new Map();
  return (key, make) => {
    const found = known.get(key);
    if (found) return found;
    const made = make();
    known.set(key, made);
    made.catch(() => known.get(key) === made && known.delete(key));
    if (known.size > most) known.delete(known.keys().next().value);
    return made;
  };
}
