// One history, then another, then twenty, then two thousand against the guess: from a story to its odds.

import { inTwenty } from "../draw/counts.js";
import { dots, sample } from "../draw/dots.js";
import { endingsBar } from "../draw/endings.js";
import { END } from "../draw/style.js";
import { fit } from "../draw/svg.js";
import { counted, endingRows, theoriesOf } from "../showing.js";
import { player } from "../player.js";
import { drawsOf, runShown } from "../which_run.js";
import { capital } from "../words.js";

export const id = "histories";

const MANY = 2000;
const STEP = 37;

/**
 * @param {HTMLElement} root
 * @param {Object} ctx
 */
export function mount(root, ctx) {
  const { el, t, memory, settings, engine, refill, announce } = ctx;
  const stops = [];
  let seen = 1;
  let gone = false;

  const heading = el("p", { class: "which" });
  const shown = player(ctx, { at: (quarter) => memory.set({ at: quarter }) });
  const twenty = el("section", { class: "twenty", "aria-live": "off" });
  const many = el("section", { class: "many" });
  const button = (text, act, kind = "") => el("button", { type: "button", class: kind, onclick: act }, text);
  root.append(
    el("h1", {}, t("histories.title")),
    el("p", { class: "lead" }, t("histories.lead")),
    heading, shown.node,
    el("div", { class: "row further" },
      button(t("histories.another"), another), button(t("histories.twenty"), showTwenty),
      button(t("histories.many", { n: t.number(MANY) }), showMany, "primary")),
    twenty, many);

  function open([draw, replicate], quarter, moved = false) {
    let history;
    try {
      history = engine.history(settings.get(), draw, replicate);
    } catch (error) {
      refill(heading, el("span", { class: "warning" }, error.message));
      return;
    }
    refill(heading, el("strong", {}, t("histories.which", { n: seen })), " ",
      el("span", { class: "quiet" }, t("histories.address", { draw, replicate,
        theory: t.label("theories", history.theory) })));
    shown.show(history, quarter);
    if (moved) {
      heading.scrollIntoView({ block: "start" });
      shown.node.querySelector("button").focus({ preventScroll: true });
      announce(t("histories.which", { n: seen }));
    }
  }

  const now = () => runShown(engine.pack, settings.get(), memory.get());

  function another() {
    const there = drawsOf(engine.pack, settings.get());
    seen += 1;
    const next = (there.indexOf(now()[0]) + STEP) % there.length;
    memory.set({ run: [there[next], 0] });
    open(now(), 0, true);
  }

  function showTwenty() {
    const played = engine.run(settings.get(), { draws: Math.min(engine.pack.draws, 200), replicates: 1 });
    const endings = engine.pack.endings;
    const order = Object.keys(ctx.pack.about.endings);
    const all = Array.from(played.ending().slice(0, 20), (ending, at) =>
      ({ name: endings[ending], draw: played.draw[at] }));
    const sorted = [...all].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.draw - b.draw);
    const counts = order.map((name) => [name, all.filter((each) => each.name === name).length]).filter(([, n]) => n);
    counts.sort((a, b) => b[1] - a[1]);
    const picture = el("div", {});
    refill(twenty,
      el("h2", {}, t("histories.twenty_title")),
      el("p", {}, t("histories.twenty_lead")),
      el("div", { class: "columns" }, picture, el("ul", { class: "counts" }, counts.map(([name, n]) =>
        el("li", {}, sample(END[name]), el("strong", {}, t("histories.n_in_20", { n })),
          `: ${t.label("endings", name)}`)))),
      el("p", { class: "note" }, t("histories.twenty_note")));
    let chosen = -1;
    const drawn = fit(picture, (room) => dots({
      title: t("histories.twenty_title"),
      desc: counts.map(([name, n]) => `${t("histories.n_in_20", { n })}: ${t.label("endings", name)}`).join("; "),
      dots: sorted.map(({ name, draw }, at) => ({ name, mark: String(at + 1),
        label: t("histories.dot", { n: at + 1, draw, ending: t.label("endings", name) }) })),
      chosen,
      press: (at) => {
        seen += 1;
        chosen = at;
        memory.set({ run: [sorted[at].draw, 0] });
        drawn.redraw();
        open(now(), 0, true);
      },
    }, room));
    stops.push(drawn.stop);
    twenty.scrollIntoView({ block: "start" });
    announce(counts.map(([name, n]) => `${t("histories.n_in_20", { n })}: ${t.label("endings", name)}`).join(". "));
  }

  async function showMany() {
    refill(many, el("p", { role: "status" }, t("histories.playing", { n: t.number(MANY) })));
    const set = settings.get();
    /** What was set in the meantime has other futures: nobody waits for these any more. */
    const over = () => gone || settings.get() !== set;
    let summary;
    try {
      summary = await ctx.pool.futures(set, MANY, { lane: id });
    } catch (error) {
      if (!over() && error.name !== "AbortError") refill(many, el("p", { class: "warning" }, error.message));
      return;
    }
    if (over()) return;
    const { guess = null } = memory.get();
    const { views, rows, never } = endingRows(ctx, summary, guess);
    const picture = el("div", {});
    const verdict = guess ? judged(ctx, summary, guess) : [el("p", {}, t("histories.no_guess"))];
    refill(many,
      el("h2", {}, t("histories.many_title", { n: t.number(summary.n) })),
      verdict, picture,
      never.length ? el("p", {}, t("histories.never", { endings: never.join("; ") })) : null,
      el("p", { class: "note" }, t("histories.many_note", { n: t.number(summary.n), draws: t.number(summary.draws),
        replicates: t.number(summary.replicates) })));
    const desc = rows.map(({ label, shares }) => `${label}: ${shares.map(({ count }, at) =>
      `${views[at]?.label ?? ""} ${count}`).join("; ")}`).join(". ");
    stops.push(fit(picture, (room) =>
      endingsBar({ title: t("histories.many_title", { n: t.number(summary.n) }), desc, views, rows }, room)).stop);
    many.scrollIntoView({ block: "start" });
    announce(`${[...many.querySelectorAll(".verdict")].map((each) => each.textContent).join(" ")} ${desc}`);
  }

  open(now(), memory.get().at);
  stops.push(settings.on(() => {
    refill(twenty);
    refill(many);
    open(now(), memory.get().at);
  }));
  return () => {
    gone = true;
    shown.stop();
    for (const stop of stops) stop();
  };
}

/** What the reader said beside what each theory's futures say, without a mark: a guess is no exam. */
function judged({ t, el, pack }, summary, guess) {
  const names = Object.keys(pack.about.endings);
  const parts = theoriesOf(summary).map((theory) => {
    const { endings } = summary.theories[theory];
    const count = inTwenty(names.map((name) => endings[name]?.value ?? 0))[names.indexOf(guess.ending)];
    return `${t.label("theories", theory)}: ${counted(t, endings[guess.ending]?.value ?? 0, count)}`;
  });
  return [
    el("p", { class: "verdict lead" }, t("histories.verdict", { n: guess.count,
      ending: t.label("endings", guess.ending) })),
    el("ul", { class: "verdict" }, parts.map((part) => el("li", {}, capital(part)))),
    el("p", {}, t("histories.verdict_note")),
  ];
}
