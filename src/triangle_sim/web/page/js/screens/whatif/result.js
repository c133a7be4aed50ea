// What the futures say under the settings, beside the unchanged scenario and what is pinned.

import { countKey, inTwenty } from "../../draw/counts.js";
import { endingsBar } from "../../draw/endings.js";
import { theoryColour } from "../../draw/style.js";
import { fit } from "../../draw/svg.js";
import { capital } from "../../words.js";
import { answer, gap, named, short, told } from "./answer.js";
import { levels } from "./levels.js";
import { levelOf, measure, ofHundred } from "./measures.js";

/**
 * The result as a part of the page; `show` fills it anew.
 * @param {Object} ctx the screen's context
 * @returns {{node: HTMLElement, after: HTMLElement, show: function(Object), stop: function()}} `after`: the endings
 */
export function result(ctx) {
  const { t, el, refill, pack: { about } } = ctx;
  const answers = el("div", { class: ["lead", "answers"] });
  const picture = el("div", { class: "drawing" });
  const against = el("ul", {});
  const ends = el("div", { class: "drawing" });
  let last = null;
  const drawn = [
    fit(picture, (how) => (last ? levels(compared(t, about, last), how) : ctx.svg("svg", {}))),
    fit(ends, (how) => (last ? endingsBar(endings(t, about, last.now), how) : ctx.svg("svg", {}))),
  ];
  const node = el("div", {}, answers,
    el("figure", {}, picture), against);
  const after = el("div", {}, el("h2", {}, t("whatif.endings")),
    el("figure", {}, ends, el("figcaption", {}, t("whatif.intervals"))));

  /**
   * `{of, asked, now, usual, pins: [{name, found}], settled}`: usual is null where nothing is changed. While a slider
   * moves the endings, which lie lower, come a picture later.
   */
  const show = (given) => {
    last = given;
    const { of, asked, now, usual, pins } = given;
    const questions = [of, ...asked.filter((each) => each !== of)].slice(0, 3);
    refill(answers, questions.map((each, place) =>
      el("p", { class: place ? "quiet" : null }, answer(t, about, each, now, usual))));
    const others = [...(usual ? [{ said: t("whatif.against_usual"), found: usual }] : []),
      ...pins.map(({ name, found }) => ({ said: t("whatif.against", { name }), found }))];
    const lines = others.map(({ said, found }) => [said, gap(t, about, of, now, found)]);
    refill(against, lines.filter(([, by]) => by !== null).map(([said, by]) =>
      el("li", {}, el("strong", {}, said), " ", by)));
    const [level, ending] = drawn;
    level.redraw();
    if (given.settled) ending.redraw();
    else requestAnimationFrame(() => setTimeout(ending.redraw));
  };
  return { node, after, show, stop: () => drawn.forEach((each) => each.stop()) };
}

/** What the picture of levels shows. */
export function compared(t, about, { of, now, usual, pins }) {
  const asked = measure(of, about);
  const rows = [{ label: capital(t("whatif.now")), strong: true, found: now },
    ...pins.map(({ name, found }) => ({ label: name, found })),
    ...(usual ? [{ label: capital(t("whatif.unchanged")), found: usual }] : [])]
    .map(({ label, strong, found }) => ({ label, strong, bars: views(found).map(([name, group]) => {
      const level = levelOf(asked, group);
      return { label: theory(t, about, name), colour: theoryColour(name, Object.keys(found.theories)),
        value: level?.value ?? 0, low: level?.low ?? NaN, high: level?.high ?? NaN, said: told(t, asked, level).said };
    }) }));
  const [low, high] = scale(asked.kind, rows.flatMap(({ bars }) => bars));
  const ends = ofHundred(asked.kind) ? [t("whatif.never"), t("whatif.of_100", { n: t.number(100 * high) })]
    : [low, high].map((end) => t.number(end, placesOf(low, high)).replace("-", "−"));
  const what = named(t, about, of);
  const desc = rows.map(({ label, bars }) => `${label}: ${bars.map((bar) => `${bar.label} ${bar.said}`).join(", ")}`);
  return { title: what, desc: `${desc.join(". ")}.`, low, high, ends, rows };
}

/** What the bars of endings show, each also in dots of twenty. */
export function endings(t, about, now) {
  const shown = views(now);
  const names = Object.keys(now.all.endings);
  const counts = shown.map(([, group]) => inTwenty(names.map((name) => group.endings[name].value)));
  const shareOf = (name, place) => ([, group], at) => {
    const share = group.endings[name];
    const [key, values] = countKey(share.value, counts[at][place]);
    return { ...share, count: t(`whatif.${key}`, values) };
  };
  const rows = names.map((name, place) => (
    { name, label: capital(t.label("endings", name)), shares: shown.map(shareOf(name, place)) }
  )).filter(({ shares }) => shares.some(({ value }) => value > 0));
  const desc = rows.map(({ label, shares }) => `${label}: ${shares.map(({ count }, at) =>
    `${theory(t, about, shown[at][0])} ${count}`).join(", ")}`).join(". ");
  return { title: t("whatif.endings"), desc, views: shown.map(([name]) => ({ label: theory(t, about, name) })), rows };
}

/** Each theory's futures; all together where there is but one. */
function views({ all, theories }) {
  const found = Object.entries(theories);
  return found.length > 1 ? found : [[found[0]?.[0] ?? "all", all]];
}

function theory(t, about, name) {
  return name === "all" ? t("whatif.all") : short(t, about, name);
}

/** As many places as both ends of a scale need. */
const placesOf = (low, high) =>
  [0, 1, 2, 3].find((places) => [low, high].every((end) => Math.abs(end - end.toFixed(places)) < 1e-9)) ?? 4;

/** From 0 to a round number beyond all bars; a share's scale is at least 50 of 100 long. */
function scale(kind, bars) {
  const most = Math.max(...bars.flatMap(({ value, high }) => [value, Number.isFinite(high) ? high : value]), 1e-9);
  const least = Math.min(...bars.flatMap(({ value, low }) => [value, Number.isFinite(low) ? low : value]), 0);
  if (ofHundred(kind)) return [0, Math.min(1, Math.max(0.5, Math.ceil(most * 10) / 10))];
  const step = 10 ** Math.floor(Math.log10(Math.max(most, -least)));
  return [Math.floor((2 * least) / step) * step / 2, Math.ceil((2 * most) / step) * step / 2];
}
