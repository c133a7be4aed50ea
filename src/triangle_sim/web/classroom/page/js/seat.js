// What a team sees before and during the game: the door, the seats, the guess, the table.

import { el } from "/page/js/dom.js";
import { capital } from "/page/js/words.js";
import { named } from "./around.js";
import { begun, changes, news } from "./news.js";
import { three, ties } from "./pictures.js";

/** Where a code is typed. */
export function door({ t, enter }, code) {
  const field = el("input", { type: "text", id: "code", class: "code", maxlength: 12, value: code, "data-key": "code",
    autocomplete: "off", autocapitalize: "characters", spellcheck: "false" });
  return el("form", { class: "door", onsubmit: (event) => {
    event.preventDefault();
    enter(field.value);
  } }, el("h1", {}, t("classroom.join_title")), el("p", {}, t("classroom.no_names")),
    el("label", { for: "code" }, t("classroom.code")), field,
    el("button", { type: "submit", class: "primary", "data-key": "enter" }, t("classroom.join")));
}

/** The five seats; a free one can be taken. */
export function seats({ t, act, leave }, view) {
  return el("section", {}, el("h1", {}, t("classroom.choose_seat", { code: view.code })),
    el("ul", { class: "cards" }, view.seats.map(({ country, taken }) => el("li", {}, el("button", {
      type: "button", class: "card seat", disabled: taken, "data-key": `seat-${country}`,
      onclick: () => act("/seats", { country }),
    }, named(t, country), taken ? el("span", { class: "quiet" }, " · ", t("classroom.taken")) : null)))),
    el("p", {}, el("button", { type: "button", class: "small", "data-key": "leave", onclick: leave },
      t("classroom.other_room"))));
}

/** How will it end? One guess, until the first turn. */
export function guesses({ t, act, about }, view) {
  const { mine } = view;
  return el("section", {}, who(t, view), el("h1", {}, t("classroom.guess_title")),
    el("p", {}, t("classroom.guess_how")),
    el("ul", { class: "cards" }, about.endings.map((ending) => el("li", {}, el("button", {
      type: "button", class: "card", "aria-pressed": String(mine.guess === ending), "data-key": `guess-${ending}`,
      onclick: () => act("/guess", { ending }),
    }, el("strong", {}, capital(t.label("endings", ending))), el("br"),
      capital(t.part("meaning", "endings", ending)))))),
    el("p", { class: "lead", role: "status" }, t(mine.guess ? "classroom.guessed" : "classroom.wait_start")),
    around(t, view), stand(t, act));
}

/** The open turn: what happened, what is new, what can be done, what is sealed; how things stand below it. */
export function table(context, view) {
  const { t } = context;
  const { mine, now } = view;
  return el("section", {}, who(t, view, now),
    last(context, view),
    begun(context, now),
    now?.offers.filter(({ to }) => to === mine.country).map((offer) => offered(t, offer)),
    mine.sealed ? sealed(context, view) : menu(context, view),
    around(t, view),
    now ? el("div", { class: "columns" }, el("figure", {}, ties(context, now)), three(context, now)) : null,
    stand(t, context.act));
}

function offered(t, { by, move, to, answer, meeting }) {
  return el("p", { class: "asked" }, t("classroom.offered", { country: t.label("countries", by),
    move: t.label("moves", by, move), answer: t.label("moves", to, answer), meeting: t.label("meetings", meeting) }));
}

function who(t, view, now = null) {
  const turn = view.phase === "play"
    ? el("span", {}, t("classroom.turn", { turn: view.turn + 1, turns: view.turns }),
      now ? ` · ${t.quarter(now.quarter)}` : "", " ", el("strong", { class: "left" })) : null;
  return el("p", { class: "who" }, el("span", {}, t("classroom.you_are"), " ", named(t, view.mine.country)), turn);
}

function menu({ t, act, about, chosen, choose }, view) {
  const { country } = view.mine;
  const button = el("button", { type: "submit", class: "primary", disabled: !chosen(), "data-key": "seal" },
    t("classroom.seal"));
  const pick = ({ move, says }) => {
    const radio = el("input", { type: "radio", name: "move", value: move, checked: chosen() === move,
      "data-key": `move-${move}`, onchange: () => {
        choose(move);
        button.disabled = false;
      } });
    const label = t.label("moves", country, move);
    return el("label", { class: "card move" }, radio, el("span", {}, el("strong", {},
      capital(label === move.replaceAll("_", " ") ? says : label)), el("br"), t.part("card", "moves", country, move)));
  };
  return el("form", { onsubmit: (event) => {
    event.preventDefault();
    if (chosen()) act("/seal", { opening: view.opening, move: chosen() });
  } }, el("fieldset", { class: "menu" }, el("legend", {}, el("h1", {}, t("classroom.your_move"))),
    el("div", { class: "cards" }, about.menus[country].map(pick))), el("p", { class: "do" }, button));
}

function sealed({ t, act }, view) {
  const { country, sealed: move } = view.mine;
  return el("div", { class: "card chosen sealed", role: "status" },
    el("h1", {}, t("classroom.sealed", { move: t.label("moves", country, move) })),
    el("p", {}, t("classroom.sealed_how")),
    el("button", { type: "button", "data-key": "unseal", onclick: () => act("/unseal", { opening: view.opening }) },
      t("classroom.unseal")));
}

/** Who sits at the table, and who has sealed; never what. */
export function around(t, view) {
  return el("ul", { class: "seats", "aria-label": t("classroom.at_table") }, view.seats.map((seat) => {
    const how = !seat.taken ? (view.phase === "guess" ? "free" : "empty")
      : view.phase === "guess" ? (seat.guessed ? "has_guessed" : "sits")
        : view.phase === "over" ? "sits" : seat.sealed ? "has_sealed" : "thinks";
    return el("li", { class: ["seat", how] }, named(t, seat.country), " ", el("span", {}, t(`classroom.seat.${how}`)));
  }));
}

function last(context, view) {
  if (!view.turn) return null;
  const turn = view.news[view.turn - 1];
  return el("section", { class: "last" },
    el("h2", {}, context.t("classroom.news_of", { quarter: turn?.quarter ?? "" })),
    turn ? [news(context, turn), changes(context, turn)] : el("p", { role: "status" }, context.t("classroom.working")));
}

function stand(t, act) {
  return el("p", { class: "stand" }, el("button", { type: "button", class: "small", "data-key": "stand",
    onclick: () => confirm(t("classroom.leave_sure")) && act("/leave", {}) }, t("classroom.leave")));
}
