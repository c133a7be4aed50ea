// What if: turn what the articles argue about, and see at once what that does, under each theory.

import { nothingSet } from "../store.js";
import { keyOf } from "./whatif/changes.js";
import { levelOf, measure, measuresOf } from "./whatif/measures.js";
import { answer, glance } from "./whatif/answer.js";
import { keeping, nameOf, pins } from "./whatif/pins.js";
import { remembering, settling } from "./whatif/settle.js";
import { result } from "./whatif/result.js";
import { asking } from "./whatif/asking.js";
import { sliders } from "./whatif/sliders.js";
import { tasks } from "./whatif/tasks.js";

export const id = "whatif";

/** Futures counted while a slider moves, and when it rests. */
const [QUICK, FULL] = [2000, 10000];

/**
 * Shows the screen.
 * @param {HTMLElement} root
 * @param {Object} ctx what every screen is given
 * @returns {function()} ends it
 */
export function mount(root, ctx) {
  const { pack: { about }, t, el, refill, announce, settings, memory, pool } = ctx;
  const asked = (about.scenario.answers ?? []).map(({ of }) => of);
  const state = { pins: [], ...memory.get().whatif, of: memory.get().of ?? asked[0] ?? "us_prk_summit" };
  const keep = (patch) => {
    Object.assign(state, patch);
    memory.set({ whatif: { pins: state.pins }, ...(patch.of ? { of: patch.of } : {}) });
  };
  const known = remembering(40);
  const count = (set, n, signal) => {
    const lane = `whatif ${n} ${keyOf(set)}`;
    return known(lane, () => pool.futures(set, n, { signal, lane }));
  };

  const counted = el("p", { class: "quiet" }, t("whatif.counting", { n: t.number(FULL) }));
  const choice = asking(ctx, asked, (of) => {
    keep({ of });
    if (last) draw(...last);
  });
  const turn = sliders(ctx);
  const short = el("p", { class: "glance", "aria-hidden": "true" });
  const shown = result(ctx);
  const puzzle = tasks(ctx, (set) => count(set, QUICK));
  const kept = pins(ctx, { get: () => state.pins, set: (list) => {
    keep({ pins: list });
    kept.show();
    again();
  } });

  const file = keeping(ctx);

  /** All that is compared, on the same worlds: the same draws, of one theory where one is looked at, and luck. */
  const all = async (set, n, signal) => {
    const bare = { ...nothingSet(), theory: set.theory };
    const changed = keyOf(set) !== keyOf(bare);
    const others = state.pins.filter((each) => keyOf(each) !== keyOf(set));
    const now = await count(set, n, signal);
    const usual = changed ? await count(bare, n, signal) : null;
    const found = await Promise.all(others.map((each) => count(each, n, signal)));
    const pinned = others.map((each, at) => ({ name: nameOf(t, about, each), found: found[at] }));
    return { now, usual, pins: pinned };
  };
  let last = null;
  const draw = (found, set, settled) => {
    last = [found, set, settled];
    const { now, usual, pins: pinned } = found;
    state.of = choice.show(measuresOf(now.all, about), state.of);
    const there = asked.filter((of) => levelOf(measure(of, about), now.all));
    shown.show({ of: state.of, asked: there, now, usual, pins: pinned, settled });
    puzzle.show(now, set, settled);
    refill(short, glance(t, about, state.of, now, usual));
    const n = t.number(now.n);
    refill(counted, settled ? t("whatif.counted", { n, draws: t.number(now.draws), replicates: now.replicates })
      : t("whatif.more", { n, full: t.number(FULL) }));
    root.dataset.futures = String(now.n);
    root.dataset.settled = String(settled);
    if (settled) announce(answer(t, about, state.of, now, usual));
  };
  const fail = (error) =>
    refill(counted, el("span", { class: "warning" }, t("whatif.failed", { error: error.message })));
  const counter = settling({ count: all, draw, fail, quick: QUICK, full: FULL,
    busy: (counting) => root.setAttribute("aria-busy", String(counting)) });
  const again = () => counter.ask(settings.get());

  refill(root, el("h1", {}, t("whatif.title")), el("p", { class: "lead" }, t("whatif.lead")),
    el("div", { class: "columns" },
      el("section", { "aria-label": t("whatif.sliders") }, turn.node, short),
      el("section", { "aria-label": t("whatif.results"), class: "results" },
        choice.node, counted,
        shown.node, shown.after, kept.node)),
    el("section", {}, el("h2", {}, t("whatif.puzzle")), el("p", {}, t("whatif.puzzle_note")), puzzle.node),
    file.node);

  const changed = () => {
    turn.show(settings.get());
    kept.show();
    file.show();
    again();
  };
  const off = settings.on(changed);
  changed();
  return () => {
    off();
    counter.stop();
    shown.stop();
  };
}
