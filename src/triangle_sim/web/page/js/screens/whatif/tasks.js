// The puzzle as a part of the page: open tasks, judged by the numbers on show, and the model's own search.

import { moved } from "./changes.js";
import { judged, searched, tasksFor } from "./puzzle.js";
import { titled, valued } from "./sliders.js";
import { told } from "./answer.js";
import { measure } from "./measures.js";
import { nothingSet } from "../../store.js";

/**
 * @param {Object} ctx the screen's context
 * @param {function(Object): Promise<Object>} count a summary of settings
 * @returns {{node: HTMLElement, show: function(Object, Object)}}
 */
export function tasks(ctx, count) {
  const { t, el, refill, announce, pack: { about } } = ctx;
  const node = el("div", { class: "cards" });
  let made = null;
  const show = (found, set, settled) => {
    made ??= tasksFor(found.all, about).map((task) => card(ctx, task, count));
    if (!node.hasChildNodes()) refill(node, made.map((each) => each.node));
    for (const each of made) {
      const state = judged(each.task, found.all, set, about.sliders, about);
      const said = t(`whatif.puzzle_${state.state}`, { level: told(t, measure(each.task.of, about),
        { value: state.level }).bare, n: state.moved });
      if (state.solved && settled && !each.solved) announce(said);
      each.solved = state.solved;
      each.node.classList.toggle("chosen", state.solved);
      refill(each.verdict, state.solved ? el("strong", {}, `✓ ${said}`) : said);
    }
  };
  return { node, show };
}

function card(ctx, task, count) {
  const { t, el, refill, settings, pack: { about, engine: data } } = ctx;
  const verdict = el("p", {});
  const found = el("div", { role: "status" });
  const search = async () => {
    button.disabled = true;
    const tell = (n, of) => refill(found, el("p", { class: "quiet" }, t("whatif.searching", { n, of })));
    tell(0, 2 * about.sliders.length);
    try {
      const tries = await searched(task, { start: nothingSet(), sliders: about.sliders, data, about, count, tell });
      refill(found, el("p", {}, t(tries[0].reached ? "whatif.search_found" : "whatif.search_none")),
        el("ol", {}, tries.slice(0, 5).map((each) => row(each))));
    } catch (error) {
      refill(found, el("p", { class: "warning" }, t("whatif.failed", { error: error.message })));
    }
    button.disabled = false;
  };
  const row = ({ slider, value, level, reached }) => el("li", {},
    `${reached ? "✓ " : ""}${titled(t, about, slider)}: ${valued(t, slider, value)} → `,
    t("whatif.of_100", { n: told(t, measure(task.of, about), { value: level }).bare }), " ",
    el("button", { type: "button", class: "small",
      onclick: () => settings.set(moved(nothingSet(), slider, value, data)) }, t("whatif.set")));
  const button = el("button", { type: "button", onclick: search }, t("whatif.search"));
  const asks = t(`whatif.puzzle_${task.id}`, { n: t.number(100 * (task.above ?? task.below)) });
  const node = el("section", { class: "card" }, el("h3", {}, asks), verdict, button, found);
  return { task, node, verdict, solved: false };
}
