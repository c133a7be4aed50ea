// One history played quarter by quarter: its news on one side, network and triangle moving on the other.

import { fit } from "./draw/svg.js";
import { network } from "./draw/network.js";
import { tieKey } from "./draw/tie_key.js";
import { triangle } from "./draw/triangle.js";
import { announce, el, refill, still } from "./dom.js";
import { keyData, networkData, triangleData } from "./showing.js";
import { linesOf } from "./telling.js";
import { capital } from "./words.js";

/** Milliseconds between quarters, and those that ties take to move; who asks for no movement gets slow jumps. */
const PACE = 3200;
const CALM_PACE = 5000;
const GLIDE = 600;

/**
 * A player. Quarter 0 is the start, before anybody has moved; the last shows how the history ends.
 * @param {Object} ctx
 * @param {{at?: function(number): void, end?: function(): void}} [tell] at: a quarter is shown; end: the last one is
 * @returns {{node: HTMLElement, show: function(Object, number=): void, go: function(number): void,
 *   stop: function(): void}}
 */
export function player(ctx, tell = {}) {
  const { t } = ctx;
  let history = null;
  let at = 0;
  let levels = null;
  let timer = null;
  let frame = null;

  const head = el("h2", { class: "quarter" });
  const where = el("span", { class: "where", "aria-hidden": "true" });
  const news = el("div", { class: "news" });
  const net = el("div", { class: "net" });
  const three = el("div", { class: "three" });
  const key = el("div");
  const caption = el("p", { class: "quiet" });
  const button = (text, act, kind = "") => el("button", { type: "button", class: kind, onclick: act }, text);
  const play = button("", () => (timer ? pause() : run()), "primary");
  const back = button(t("histories.back"), () => step(-1));
  const on = button(t("histories.forward"), () => step(1));
  const scrub = el("input", { type: "range", min: 0, step: 1, "aria-label": t("histories.scrub"),
    oninput: () => {
      const wanted = Number(scrub.value); // pausing puts it back to where the history is
      pause();
      go(wanted);
    } });
  const node = el("div", { class: "player", role: "group", "aria-label": t("histories.player"), onkeydown: keys },
    el("div", { class: "row" }, play, back, on, where, scrub),
    el("p", { class: "unseen" }, t("histories.keys")),
    el("div", { class: "stage" },
      el("div", {}, head, news),
      el("figure", {}, net, key),
      el("figure", {}, three, el("figcaption", {}, caption))));

  const picture = (draw) => (room) => (history ? draw(room) : document.createComment(""));
  const drawings = [
    fit(net, picture((room) =>
      network(networkData(t, levels, t("histories.network", { quarter: label(at) }), moment(at).triangle.signs),
        room))),
    fit(three, picture((room) => triangle(triangleData(t, moment(at).triangle,
      t("histories.triangle", { quarter: label(at) }), levels), room))),
    fit(key, (room) => tieKey(keyData(t), room)),
  ];

  function moment(quarter) {
    return quarter === 0 ? history.start : history.quarters[quarter - 1];
  }

  function label(quarter) {
    return quarter === 0 ? t("histories.start", { quarter: history.quarters[0].label })
      : t.quarter(moment(quarter).label);
  }

  function keys(event) {
    if (event.target.matches("input, select, summary, button") && event.key === " ") return;
    const acts = { ArrowRight: () => step(1), ArrowLeft: () => step(-1), " ": () => (timer ? pause() : run()) };
    const act = acts[event.key];
    if (!act || event.target === scrub) return;
    event.preventDefault();
    act();
  }

  function run() {
    if (at === history.quarters.length) go(0);
    timer = setInterval(() => (at < history.quarters.length ? go(at + 1) : pause()), still() ? CALM_PACE : PACE);
    if (at === 0) go(1);
    node.scrollIntoView({ block: "start" });
    controls();
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    controls();
  }

  function step(by) {
    pause();
    go(Math.min(Math.max(at + by, 0), history.quarters.length));
  }

  function controls() {
    const last = history ? history.quarters.length : 0;
    if (timer && at >= last) {
      clearInterval(timer);
      timer = null;
    }
    play.textContent = t(timer ? "histories.pause" : at === last ? "histories.again" : "histories.play");
    back.disabled = at === 0;
    on.disabled = at === last;
    scrub.max = last;
    scrub.value = at;
    scrub.setAttribute("aria-valuetext", history ? label(at) : "");
  }

  function go(quarter) {
    const from = levels ?? moment(quarter).levels;
    at = quarter;
    head.textContent = label(at);
    where.textContent = at === 0 ? "" : label(at);
    refill(news, at === 0 ? beginning() : lines());
    const { triangle: now } = moment(at);
    caption.textContent = `${capital(t.label("types", now.type))}: ${t.part("meaning", "types", now.type)}.`;
    glide(from, moment(at).levels);
    controls();
    announce(`${label(at)}. ${[...news.querySelectorAll(":scope > .told .line, :scope > .line, .ended")]
      .map((each) => each.textContent).join(" ")}`);
    tell.at?.(at);
    if (at === history.quarters.length) tell.end?.();
  }

  /** Ties go from where they were to where they are; the picture is told once, at its end. */
  function glide(from, to) {
    cancelAnimationFrame(frame);
    const begun = performance.now();
    const draw = (now) => {
      const share = still() ? 1 : Math.min((now - begun) / GLIDE, 1);
      levels = share === 1 ? to : Object.fromEntries(Object.keys(to).map((name) =>
        [name, from[name] === undefined ? to[name] : from[name] + share * (to[name] - from[name])]));
      drawings[0].redraw();
      drawings[1].redraw();
      if (share < 1) frame = requestAnimationFrame(draw);
    };
    draw(begun + (still() ? GLIDE : 0));
  }

  function beginning() {
    const { triangle: now, ending } = history.start;
    return [el("p", { class: "line" }, t("histories.at_start", { theory: t.label("theories", history.theory),
      type: t.label("types", now.type), role: t.label("roles", now.roles.PRK), ending: t.label("endings", ending) })),
      el("p", {}, t("histories.press_play"))];
  }

  function lines() {
    const all = linesOf(ctx, history, at - 1);
    const shown = (line) => {
      const body = el("div", { class: "reasons" });
      return el("details", { class: [line.kind, "told"], ontoggle: (event) => {
        if (event.target.open && !body.childNodes.length) body.append(...line.open().filter(Boolean));
      } },
      el("summary", {}, el("span", { class: line.country ? ["line", "country", line.country] : "line" }, line.text)),
      body);
    };
    const rest = all.filter(({ news: worth }) => !worth);
    return [
      ...all.filter(({ news: worth }) => worth).map(shown),
      rest.length ? el("details", { class: "rest" }, el("summary", {}, t("histories.rest", { n: rest.length })),
        rest.map(shown)) : null,
      at === history.quarters.length ? el("p", { class: "lead ended" }, t("histories.ends", {
        ending: t.label("endings", history.ending), meaning: t.part("meaning", "endings", history.ending) })) : null,
    ];
  }

  return {
    node,
    go(quarter) {
      pause();
      go(quarter);
    },
    show(next, quarter = 0) {
      clearInterval(timer);
      timer = null;
      history = next;
      levels = null;
      go(Math.min(quarter, next.quarters.length));
    },
    stop() {
      clearInterval(timer);
      cancelAnimationFrame(frame);
      for (const each of drawings) each.stop();
    },
  };
}
