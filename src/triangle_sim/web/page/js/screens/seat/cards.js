// The moves of a quarter as cards: what each does, what it may bring together, and what speaks for and against it.

import { capital } from "../../words.js";
import { together } from "./offers.js";
import { cited, claimsOf, moveOf, points, the } from "./say.js";

/** Of a tenth of a point, what rounds to none. */
const VISIBLE = 0.0005;

/**
 * @param {Object} ctx the screen's context
 * @param {string} code the player's country
 * @param {Array<Object>} options as `weighed` gives them
 * @param {{offers: Array, hidden: boolean, chosen: ?string, choose: function(string)}} how hidden: reasons come after
 *   the choice
 */
export function cards(ctx, code, options, { offers, hidden, chosen, choose }) {
  const { t, el, pack: { about, engine } } = ctx;
  return el("fieldset", { class: "moves-of" }, el("legend", {}, el("h3", {}, t("seat.moves"))),
    engine.by_habit.includes(code) ? el("p", { class: "note" }, t("seat.by_habit")) : null,
    el("div", { class: ["cards", ...(hidden ? [] : ["wide"])] }, options.map((option) => {
      const id = `move-${option.move}`;
      const radio = el("input", { type: "radio", name: "move", id, value: option.move, checked: option.move === chosen,
        "aria-describedby": `${id}-what`,
        onchange: () => {
          for (const each of radio.closest("fieldset").querySelectorAll(".card")) {
            each.classList.toggle("chosen", each.contains(radio));
          }
          choose(option.move);
        } });
      return el("div", { class: ["card", ...(option.move === chosen ? ["chosen"] : [])] },
        el("label", { for: id, class: "pick" }, radio, el("strong", {}, moveOf(t, code, option.move))),
        el("div", { id: `${id}-what` },
          el("p", {}, t.part("card", "moves", code, option.move) || about.moves[code][option.move].says),
          hints(ctx, code, option.move, offers)),
        hidden ? null : why(ctx, code, option, 2), hidden ? null : ruled(ctx, option));
    })));
}

/** What stands ready to come together with a move. */
function hints({ t, el, pack: { about } }, code, move, offers) {
  return together(about.meetings, code, move, offers).filter(({ open }) => open)
    .map((each) => el("p", { class: "note" }, t("seat.answers", { country: capital(the(t, each.with)),
      meeting: t.label("meetings", each.meeting) })));
}

/** What speaks for and against a move, against holding still. */
export function why(ctx, code, option, most = 3) {
  const { t, el, pack: { about } } = ctx;
  const seen = (list) => list.slice(0, most).filter(({ gain }) => Math.abs(gain) >= VISIBLE);
  const side = (key, list) => (seen(list).length ? [el("p", {}, t(`seat.${key}`)), el("ul", { class: "whys" },
    seen(list).map(({ interest, gain, claims }) => el("li", {}, el("strong", {}, points(t, gain)), " ",
      t.label("interests", code, interest), " ", el("span", { class: "quiet" }, cited(ctx, claims)))))] : null);
  const behind = [...option.pro, ...option.con].flatMap(({ claims }) => claims);
  return el("div", { class: "why" },
    option.move === "hold" ? el("p", {}, t("seat.still"))
      : el("p", {}, el("strong", {}, t("seat.worth", { points: points(t, option.worth) })), " ",
        t("seat.costs", { points: points(t, -option.cost) })),
    side("for", option.pro), side("against", option.con),
    claimsOf(ctx, [...about.moves[code][option.move].claims, ...behind]));
}

/** How likely the country's own rule is to play a move. */
function ruled({ t, el }, option) {
  return el("p", { class: "quiet" }, t("seat.chance", { n: per100(t, option.chance) }),
    option.best ? ` ${t("seat.is_best")}` : "");
}

/** A chance as a number of 100; what rounds to none is under one. */
export function per100(t, chance) {
  return chance > 0 && chance < 0.005 ? t("seat.under_one") : t.number(100 * chance);
}
