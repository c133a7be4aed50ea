// Taking a seat: which country, which history; what the country wants and what it can do.

import { capital } from "../../words.js";
import { anyWorld, begun, worldOf } from "./game.js";
import { moveOf, the } from "./say.js";

/** Interests that a role sheet names. */
const WANTS = 5;

/**
 * The choice of a seat as a part of the page.
 * @param {Object} ctx the screen's context
 * @param {{country: string, run: ?[number, number], begin: function(Object)}} how where to begin
 */
export function start(ctx, { country, run, begin }) {
  const { t, el, refill, pack: { about, engine: data } } = ctx;
  let chosen = country;
  const brief = el("section", { "aria-live": "polite" });
  const sheet = el("section", {});
  const cards = Object.fromEntries(data.codes.map((code) => [code, el("button", { type: "button",
    class: ["card", code], "aria-pressed": String(code === chosen), onclick: () => choose(code) },
  el("strong", { class: "country" }, t.label("countries", code)), el("br"), t(`seat.who_${code}`))]));
  const choose = (code) => {
    chosen = code;
    for (const [each, card] of Object.entries(cards)) card.setAttribute("aria-pressed", String(each === code));
    refill(brief, el("h3", {}, t("seat.role", { country: t.label("countries", code) })),
      el("p", {}, t(`seat.role_${code}`)));
    refill(sheet, role(ctx, code));
    refill(sit, t("seat.begin", { country: the(t, code) }));
  };
  const number = el("input", { type: "text", id: "world", inputmode: "decimal", autocomplete: "off",
    value: run ? run.join(".") : "", placeholder: t("seat.any"), "aria-describedby": "world-note",
    onkeydown: (event) => event.key === "Enter" && go() });
  const wrong = el("p", { class: "warning", role: "alert", hidden: true },
    t("seat.no_world", { draws: data.draws - 1, replicates: data.replicates - 1 }));
  const go = () => {
    const world = number.value.trim() ? worldOf(number.value, data) : anyWorld(data);
    wrong.hidden = world !== null;
    if (world) begin(begun(chosen, world));
    else number.focus();
  };
  const sit = el("button", { type: "button", class: "primary", onclick: go });
  choose(chosen);
  return el("div", {},
    el("h2", {}, t("seat.choose")),
    el("div", { class: "cards small-cards", role: "group", "aria-label": t("seat.choose") }, Object.values(cards)),
    brief,
    el("details", { open: Boolean(run) }, el("summary", {}, t("seat.world")),
      el("p", {}, el("label", { for: "world" }, t("seat.world_label")), number),
      el("p", { class: "quiet", id: "world-note" }, t("seat.world_note"))), wrong,
    el("p", {}, sit), sheet);
}

/** What a country wants, what it has most at stake in first, as on the lessons' role sheets; and what it can do. */
function role(ctx, code) {
  const { t, el, pack: { about } } = ctx;
  const wants = Object.entries(about.interests[code]).sort(([, a], [, b]) => b.stake - a.stake).slice(0, WANTS);
  const moves = Object.keys(about.moves[code]).filter((move) => !about.moves[code][move].disabled);
  return el("div", { class: "columns" },
    el("div", {}, el("p", {}, el("strong", {}, t("seat.wants"))),
      el("ul", {}, wants.map(([name]) => el("li", {}, capital(t.label("interests", code, name)))))),
    el("div", {}, el("p", {}, el("strong", {}, t("seat.can"))),
      el("ul", {}, moves.map((move) => el("li", {}, moveOf(t, code, move))))));
}
