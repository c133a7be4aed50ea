// After the game: the class's path over the model's fan, moves beside the best reply, guesses, all rooms.

import { fan } from "/page/js/draw/fan.js";
import { BLUE, GREEN, INK, ORANGE, PURPLE, SKY, VERMILLION, QUIET } from "/page/js/draw/style.js";
import { el, refill, save } from "/page/js/dom.js";
import { capital } from "/page/js/words.js";
import { named, redraw } from "./around.js";
import { Refused } from "./ask.js";
import { held } from "./pictures.js";
import { country as reviewed } from "./review.js";

const COLOURS = [VERMILLION, GREEN, PURPLE, ORANGE, SKY, QUIET];
const DASHES = ["9 4", "2 4", "9 4 2 4"];
const kept = { at: "", variable: null, country: null, data: null, seen: "" };

/**
 * The debrief of a room; it stays as the reader has set it while the page is redrawn.
 * @param {Object} page
 * @param {string|null} country whose moves are shown first
 * @param {function(string, boolean=): Promise<Object|string>} get asks for `/debrief` and `/export` of the room
 * @param {Object} view the room
 */
export function debrief(page, country, get, view) {
  const { t, about } = page;
  const at = `${view.code}.${view.opening}`;
  if (kept.at !== at) Object.assign(kept, { at, variable: "", country: null, data: null });
  kept.country ??= country ?? about.countries[0].code;
  const body = el("div", {}, el("p", { role: "status", class: "lead" }, t("debrief.working")));
  const draw = () => kept.data && redraw(body, all(page, kept.data, fetched, draw, get, view));
  const fetched = async (variable) => {
    try {
      const data = await get(`/debrief${variable && `?variable=${encodeURIComponent(variable)}`}`);
      if (kept.at !== at) return;
      Object.assign(kept, { data, variable: data.variable, seen: view.others.join() });
      draw();
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      refill(body, el("p", { class: "warning", role: "alert" }, t("classroom.refused.failed")));
    }
  };
  draw();
  if (!kept.data || kept.seen !== view.others.join()) fetched(kept.variable);
  return el("section", { class: "debrief" }, el("h1", {}, t("debrief.title")), el("p", {}, t("debrief.how")), body);
}

function all(page, data, fetched, draw, get, view) {
  const own = data.rooms.find(({ code }) => code === data.code);
  return [
    outcome(page, data, own),
    paths(page, data, own, fetched),
    el("section", {}, el("h2", {}, page.t("debrief.moves_title")), el("p", {}, page.t("debrief.moves_how")),
      el("div", { class: "row", role: "group", "aria-label": page.t("debrief.whose") },
        page.about.countries.map(({ code }) => el("button", { type: "button", class: "small",
          "aria-pressed": String(code === kept.country), "data-key": `of-${code}`,
          onclick: () => {
            kept.country = code;
            draw();
          } }, page.t.label("countries", code)))),
      reviewed(page, own.game, kept.country)),
    data.rooms.length > 1 ? rooms(page, data) : null,
    el("p", {}, el("button", { type: "button", "data-key": "export", onclick: async () =>
      save(`game_${view.code}.yaml`, await get("/export", true), "application/yaml") }, page.t("debrief.export"))),
    el("p", { class: "note" }, page.t("debrief.export_how", { file: `game_${view.code}.yaml`, run: view.run })),
  ];
}

/** How it ended, beside what teams guessed and what the model's futures say. */
function outcome({ t, about }, data, own) {
  const { game, guesses } = own;
  const shares = Object.entries(game.endings).sort(([, one], [, other]) => other.with - one.with);
  const right = guesses.filter((each) => each.right).length;
  return el("section", {}, el("h2", {}, t("debrief.ending_title")),
    el("p", { class: "lead" }, t("debrief.ending", { ending: t.label("endings", own.ending), turns: own.turn,
      last: about.quarters.at(-1) })),
    el("p", {}, capital(t.part("meaning", "endings", own.ending)), ". ", t(`debrief.under`, { theory: t.label("theories", game.theory) })),
    guesses.length ? el("p", {}, t("debrief.right", { n: right, of: guesses.length }), " ",
      guesses.map((each, at) => [at ? "; " : "", named(t, each.country), ` ${t.label("endings", each.guess)}`,
        each.right ? " ✓" : ""]), ".") : null,
    el("div", { class: "scroll" }, el("table", {}, el("caption", {}, t("debrief.shares", { n: t.number(game.futures) })),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("debrief.ends")), el("th", { scope: "col", class: "n" }, t("debrief.with")),
        el("th", { scope: "col", class: "n" }, t("debrief.without")), el("th", { scope: "col" }, t("debrief.guessed_by")))),
      el("tbody", {}, shares.map(([ending, share]) => el("tr", { class: ending === own.ending ? "came" : null },
        el("th", { scope: "row" }, capital(t.label("endings", ending)), ending === own.ending ? el("strong", {}, " ← ", t("debrief.came")) : null),
        el("td", { class: "n" }, t.percent(share.with)), el("td", { class: "n" }, t.percent(share.without)),
        el("td", {}, guesses.filter(({ guess }) => guess === ending).map(({ country }) => [named(t, country), " "])))))) ),
    el("p", { class: "note" }, t("classroom.no_forecast")));
}

/** Every room's own history over the futures that the model plays by itself. */
function paths({ t, about }, data, own, fetched) {
  const { low, high } = about.variables[data.variable];
  const label = capital(t.label("variables", data.variable));
  const ends = t.part("low", "ends", data.variable.startsWith("goodwill[") ? "tie" : "variable");
  const top = t.part("high", "ends", data.variable.startsWith("goodwill[") ? "tie" : "variable");
  const bands = data.fan.q50.map((_, at) => Object.fromEntries(["q05", "q25", "q50", "q75", "q95"].map((q) => [q, data.fan[q][at]])));
  const others = data.rooms.filter((each) => each !== own).map((each, at) => ({ label: t("debrief.room", { code: each.code }),
    colour: COLOURS[at % COLOURS.length], dash: DASHES[at % DASHES.length], values: each.path }));
  const mine = { label: t("debrief.room", { code: own.code }), colour: INK, values: own.path };
  const [start, stop, end] = [own.path[0], own.path[own.turn], own.path.at(-1)].map((value) => t.number(value, 2));
  const select = el("select", { id: "variable", "data-key": "variable", onchange: () => fetched(select.value) },
    Object.keys(about.variables).map((name) => el("option", { value: name, selected: name === data.variable },
      capital(t.label("variables", name)))));
  return el("section", {}, el("h2", {}, t("debrief.path_title")), el("p", {}, t("debrief.path_how", {
    n: t.number(data.fan.draws * data.fan.replicates) })),
    el("label", { for: "variable" }, t("debrief.variable")), " ", select,
    el("figure", {}, held("fan", (room) => fan({
      title: label, desc: t("debrief.path_text", { what: label, start, stop, end, low: t.number(data.fan.q05.at(-1), 2),
        high: t.number(data.fan.q95.at(-1), 2) }),
      quarters: about.quarters, low, high, ends: [ends, top],
      fans: [{ label: t("debrief.model"), colour: BLUE, bands }], paths: [...others, mine],
      marks: [{ at: own.turn, label: t("debrief.stopped") }],
    }, room)),
    el("figcaption", {}, t("debrief.path_text", { what: label, start, stop, end, low: t.number(data.fan.q05.at(-1), 2),
      high: t.number(data.fan.q95.at(-1), 2) }))));
}

/** All rooms that are over, side by side. */
function rooms({ t, about }, data) {
  return el("section", {}, el("h2", {}, t("debrief.rooms_title")), el("p", {}, t("debrief.rooms_how")),
    el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["room_name", "ends", "triangle", "role", "best_guess"]
      .map((key) => el("th", { scope: "col" }, t(`debrief.${key}`))))),
    el("tbody", {}, data.rooms.map((room) => el("tr", {}, el("th", { scope: "row" }, room.code),
      el("td", {}, capital(t.label("endings", room.ending))), el("td", {}, room.triangle ? t.label("types", room.triangle) : ""),
      el("td", {}, room.roles.PRK ? t.label("roles", room.roles.PRK) : ""),
      el("td", {}, `${room.guesses.filter(({ right }) => right).length} / ${room.guesses.length}`)))))),
    el("div", { class: "scroll" }, el("table", {}, el("caption", {}, t("debrief.rooms_moves")),
      el("thead", {}, el("tr", {}, el("td"), data.rooms.map(({ code }) => el("th", { scope: "col" }, code)))),
      el("tbody", {}, about.countries.map(({ code }) => el("tr", {}, el("th", { scope: "row" }, named(t, code)),
        data.rooms.map(({ played }) => el("td", {}, el("ol", { class: "played" }, played[code].map((move) =>
          el("li", {}, move ? t.label("moves", code, move) : el("span", { class: "quiet" }, t("classroom.own_rule"))))))))))) ));
}
