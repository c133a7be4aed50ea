// The strategic triangle (Dittmer): its types and roles, the one a history is in, how often each comes, what it pays to
// be the pivot, and a triangle to set by hand.

import { perCent } from "../draw/counts.js";
import { endingsBar } from "../draw/endings.js";
import { areas, cells } from "../draw/strip.js";
import { ROLE, TYPE } from "../draw/style.js";
import { fit } from "../draw/svg.js";
import { triangle } from "../draw/triangle.js";
import { byHand, read } from "../by_hand.js";
import { rolesPay } from "../roles_pay.js";
import { THREE, theoriesOf, triangleData } from "../showing.js";
import { level, sentence } from "../telling.js";
import { runShown } from "../which_run.js";
import { capital } from "../words.js";

export const id = "triangle";

const MANY = 2000;
/** Signs of North Korea-China, North Korea-Russia and China-Russia that give each type, North Korea in a good role. */
const EXAMPLE = {
  menage_a_trois: [1, 1, 1],
  romantic_triangle: [1, 1, -1],
  stable_marriage: [-1, 1, -1],
  unit_veto: [-1, -1, -1],
  indeterminate: [0, 1, 1],
};

/**
 * @param {HTMLElement} root
 * @param {Object} ctx
 */
export function mount(root, ctx) {
  const { el, t, engine, settings, memory, announce, refill } = ctx;
  const stops = [];
  let gone = false;
  let history = null;
  let at = memory.get().at;
  const keep = (drawn) => (stops.push(drawn.stop), drawn);

  const cards = Object.fromEntries(Object.keys(EXAMPLE).map((type) => [type, typeCard(type)]));
  const scrub = el("input", { type: "range", id: "when", min: 0, step: 1, value: 0,
    oninput: () => to(Number(scrub.value)) });
  const now = el("p", { class: "lead now" });
  const [drawn, strip, often, pays] = ["half", "strip", "often", "pays"].map((name) => el("div", { class: name }));

  root.append(
    el("h1", {}, t("triangle.title")),
    el("p", { class: "lead" }, t("triangle.lead")),
    el("h2", {}, t("triangle.one")),
    el("p", {}, t("triangle.one_lead")),
    el("label", { for: "when" }, t("triangle.when")), scrub,
    el("div", { class: "columns" }, drawn, el("div", {}, now, strip)),
    el("h2", {}, t("triangle.types")),
    el("p", {}, t("triangle.types_lead")),
    el("ul", { class: "cards small-cards" }, Object.values(cards).map(({ node }) => node)),
    el("h2", {}, t("triangle.often")), often,
    el("h2", {}, t("triangle.pays")), pays,
    el("h2", {}, t("triangle.by_hand")),
    el("p", {}, t("triangle.by_hand_lead")),
    byHand(ctx, (each) => keep(each)));

  const moment = () => (at === 0 ? history.start : history.quarters[at - 1]);
  const label = (quarter) => (quarter === 0 ? t("histories.start", { quarter: engine.pack.quarters[0] })
    : t("triangle.end_of", { quarter: engine.pack.quarters[quarter - 1] }));

  function typeCard(type) {
    const picture = el("div", {});
    const lit = el("p", { class: "lit", hidden: true }, t("triangle.lit"));
    const node = el("li", { class: "card" }, el("h3", {}, capital(t.label("types", type))),
      el("p", {}, sentence(t.part("meaning", "types", type))), picture, lit);
    const shape = read(engine.pack, EXAMPLE[type]);
    keep(fit(picture, (room) => triangle(triangleData(t, shape, capital(t.label("types", type))), room)));
    return { node, lit };
  }

  const pictures = [
    keep(fit(drawn, (room) => triangle(history
      ? triangleData(t, moment().triangle, t("histories.triangle", { quarter: label(at) }), moment().levels)
      : triangleData(t, read(engine.pack, [0, 0, 0]), t("triangle.title")), room))),
    keep(fit(strip, (room) => cells(stripData(), room))),
  ];

  function stripData() {
    const names = history ? [history.start, ...history.quarters].map((each) => each.triangle.type) : ["indeterminate"];
    const labels = Object.fromEntries(Object.keys(TYPE).map((type) => [type, capital(t.label("types", type))]));
    const desc = names.map((type, quarter) => `${label(quarter)}: ${labels[type]}`).join("; ");
    return { title: t("triangle.strip"), desc,
      quarters: history ? engine.pack.quarters : engine.pack.quarters.slice(0, 1), names, labels, at };
  }

  function to(quarter) {
    at = quarter;
    if (at !== memory.get().at) memory.set({ at });
    const { type, roles } = moment().triangle;
    scrub.value = at;
    scrub.setAttribute("aria-valuetext", label(at));
    const said = `${label(at)}: ${t.label("types", type)}. ${THREE.map((code) =>
      `${t.label("countries", code)}: ${t.label("roles", roles[code])}`).join("; ")}.`;
    now.textContent = said;
    announce(said);
    for (const [name, { node, lit }] of Object.entries(cards)) {
      node.classList.toggle("chosen", name === type);
      lit.hidden = name !== type;
    }
    for (const picture of pictures) picture.redraw();
  }

  async function load() {
    const [draw, replicate] = runShown(engine.pack, settings.get(), memory.get());
    try {
      history = engine.history(settings.get(), draw, replicate);
    } catch (error) {
      refill(often, el("p", { class: "warning" }, error.message));
      return;
    }
    scrub.max = history.quarters.length;
    to(Math.min(at, history.quarters.length));
    try {
      showOften(await ctx.pool.futures(settings.get(), MANY, { lane: id }));
    } catch (error) {
      if (!gone && error.name !== "AbortError") refill(often, el("p", { class: "warning" }, error.message));
      return;
    }
    if (!gone) showPays();
  }

  function showOften(summary) {
    if (gone) return;
    const labels = (kind, looks) =>
      Object.fromEntries(Object.keys(looks).map((name) => [name, capital(t.label(kind, name))]));
    const figure = (theory, kind, looks, title) => {
      const shares = summary.theories[theory][kind];
      const place = el("div", {});
      const last = shares[shares.length - 1];
      const desc = Object.keys(looks).filter((name) => last[name] > 0).map((name) =>
        `${labels(kind, looks)[name]} ${perCent({ value: last[name] })}`).join("; ");
      keep(fit(place, (room) => areas({ title, desc: t("triangle.at_end", { shares: desc }), shares,
        quarters: engine.pack.quarters, labels: labels(kind, looks), looks }, room)));
      return el("figure", {}, el("h3", {}, title), place);
    };
    const lead = el("p", {}, t("triangle.often_lead", { n: t.number(summary.n) }));
    refill(often, lead, theoriesOf(summary).map((theory) => [
      figure(theory, "types", TYPE, t("triangle.types_if", { theory: t.label("theories", theory) })),
      figure(theory, "roles", ROLE, t("triangle.roles_if", { theory: t.label("theories", theory) }))]));
  }

  function showPays() {
    const { draws } = engine.pack;
    const found = rolesPay(engine.run(settings.get(), { draws, replicates: Math.max(1, Math.round(MANY / draws)) }));
    const said = ({ value, low, high }) => (Number.isFinite(low)
      ? `${level(t, value)} (${level(t, low)}–${level(t, high)})` : level(t, value));
    const rows = Object.entries(found.roles).filter(([, each]) => each.share.value > 0)
      .sort(([, one], [, other]) => other.all.value - one.all.value);
    const { pivot } = found.roles;
    const compared = (kind) => {
      const gain = found.gain[kind];
      const clear = gain.low > 0 ? "more" : gain.high < 0 ? "less" : "same";
      return t(`triangle.${kind}_${clear}`, { level: level(t, pivot[kind].value), gain: level(t, Math.abs(gain.value)),
        low: level(t, gain.low), high: level(t, gain.high) });
    };
    const bars = el("div", {});
    const drawn = rows.map(([name, each]) => ({ name, label: capital(t.label("roles", name)),
      gloss: t("triangle.of_quarters", { share: perCent(each.share) }),
      shares: [each.all, each.both].map((sum) => ({ ...sum, said: said(sum) })) }));
    refill(pays,
      el("p", {}, t("triangle.pays_why")),
      pivot.share.value > 0 ? [el("p", {}, t("triangle.as_pivot")),
        el("ul", { class: "lead" }, ["all", "both"].map((kind) => el("li", {}, compared(kind))))]
        : el("p", { class: "lead" }, t("triangle.never_pivot")),
      el("p", {}, t("triangle.who_is_pivot", Object.fromEntries(THREE.map((code) =>
        [code, perCent(found.pivots[code])])))),
      el("figure", {}, el("h3", {}, t("triangle.table")), bars),
      el("details", {}, el("summary", {}, t("triangle.as_table")), el("div", { class: "scroll" }, el("table", {},
        el("caption", {}, t("triangle.table")),
        el("thead", {}, el("tr", {}, ["role", "share", "both", "all"].map((name) =>
          el("th", { scope: "col", class: name === "role" ? null : "n" }, t(`triangle.col_${name}`))))),
        el("tbody", {}, rows.map(([name, each]) => el("tr", {},
          el("th", { scope: "row" }, capital(t.label("roles", name))),
          el("td", { class: "n" }, perCent(each.share)), el("td", { class: "n" }, said(each.both)),
          el("td", { class: "n" }, said(each.all)))))))),
      el("p", { class: "note" }, t("triangle.pays_note")));
    const longest = ({ shares }) => Math.max(...shares.map(({ value, high }) => Math.max(value, high || 0)));
    const top = 1.1 * Math.max(...drawn.map(longest));
    const views = [{ label: t("triangle.col_all") }, { label: t("triangle.col_both") }];
    keep(fit(bars, (room) => endingsBar({ title: t("triangle.table"), looks: ROLE, views, rows: drawn, top,
      desc: drawn.map(({ label, shares }) => `${label}: ${shares.map((sum, at) =>
        `${views[at].label} ${sum.said}`).join(", ")}`).join("; ") }, room)));
  }

  load();
  stops.push(settings.on(load));
  return () => {
    gone = true;
    for (const stop of stops) stop();
  };
}

