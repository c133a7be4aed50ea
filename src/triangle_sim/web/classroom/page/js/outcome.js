// How a room's history ended, beside what teams guessed and what the model's futures say; and all rooms side by side.

import { el } from "/page/js/dom.js";
import { capital } from "/page/js/words.js";
import { named } from "./around.js";

/** How it ended. */
export function outcome(page, own) {
  const { t, about } = page;
  const said = { ending: t.label("endings", own.ending), turns: own.turn, last: about.quarters.at(-2) };
  return el("section", {}, el("h2", {}, t("debrief.ending_title")),
    el("p", { class: "lead" }, t(own.turn === 1 ? "debrief.ending_one" : "debrief.ending", said)),
    el("p", {}, capital(t.part("meaning", "endings", own.ending)), ". ",
      t("debrief.under", { theory: t.label("theories", own.game.theory) })),
    guessed(t, own.guesses), shares(t, own), el("p", { class: "note" }, t("classroom.no_forecast")));
}

function guessed(t, guesses) {
  if (!guesses.length) return null;
  const right = guesses.filter((each) => each.right).length;
  return el("p", {}, t("debrief.right", { n: right, of: guesses.length }), " ", guesses.map((each, at) =>
    [at ? "; " : "", named(t, each.country), ` ${t.label("endings", each.guess)}`, each.right ? " ✓" : ""]), ".");
}

function shares(t, own) {
  const sorted = Object.entries(own.game.endings).sort(([, one], [, other]) => other.with - one.with);
  const head = (key, kind = null) => el("th", { scope: "col", class: kind }, t(`debrief.${key}`));
  const row = ([ending, share]) => el("tr", { class: ending === own.ending ? "came" : null },
    el("th", { scope: "row" }, capital(t.label("endings", ending)),
      ending === own.ending ? [" ← ", t("debrief.came")] : null),
    el("td", { class: "n" }, t.percent(share.with)), el("td", { class: "n" }, t.percent(share.without)),
    el("td", { class: "by" }, own.guesses.filter(({ guess }) => guess === ending)
      .map(({ country }) => [named(t, country), " "])));
  return el("div", { class: "scroll" }, el("table", {},
    el("caption", {}, t("debrief.shares", { n: t.number(own.game.futures) })),
    el("thead", {}, el("tr", {}, head("ends"), head("with", "n"), head("without", "n"), head("guessed_by", "by"))),
    el("tbody", {}, sorted.map(row))));
}

/** All rooms that are over, side by side: how they ended, and their moves. */
export function rooms({ t, about }, data) {
  const keys = ["room_name", "ends", "triangle", "role", "best_guess"];
  const line = (room) => el("tr", {}, el("th", { scope: "row" }, room.code),
    el("td", {}, capital(t.label("endings", room.ending))),
    el("td", {}, room.triangle ? capital(t.label("types", room.triangle)) : ""),
    el("td", {}, room.roles.PRK ? capital(t.label("roles", room.roles.PRK)) : ""),
    el("td", {}, `${room.guesses.filter(({ right }) => right).length} / ${room.guesses.length}`));
  const played = (code, moves) => el("td", {}, el("ol", { class: "played" }, moves.map((move) =>
    el("li", {}, move ? t.label("moves", code, move) : el("span", { class: "quiet" }, t("classroom.own_rule"))))));
  return el("section", {}, el("h2", {}, t("debrief.rooms_title")), el("p", {}, t("debrief.rooms_how")),
    el("div", { class: "scroll" }, el("table", {},
      el("thead", {}, el("tr", {}, keys.map((key) => el("th", { scope: "col" }, t(`debrief.${key}`))))),
      el("tbody", {}, data.rooms.map(line)))),
    el("div", { class: "scroll" }, el("table", {}, el("caption", {}, t("debrief.rooms_moves")),
      el("thead", {}, el("tr", {}, el("td"), data.rooms.map(({ code }) => el("th", { scope: "col" }, code)))),
      el("tbody", {}, about.countries.map(({ code }) => el("tr", {}, el("th", { scope: "row" }, named(t, code)),
        data.rooms.map((room) => played(code, room.played[code]))))))));
}
