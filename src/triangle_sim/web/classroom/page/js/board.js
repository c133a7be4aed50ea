// The board at the wall: one room in large print, all rooms above it, and the teacher's levers below.

import { announce, el } from "/page/js/dom.js";
import { begin, countDown, header, redraw, tell } from "./around.js";
import { ask, poll, Refused } from "./ask.js";
import { debrief } from "./debrief.js";
import { keep, kept } from "./kept.js";
import { levers } from "./levers.js";
import { begun, changes, news } from "./news.js";
import { three, ties } from "./pictures.js";
import { around } from "./seat.js";

const state = { token: "", code: null, view: null, ending: () => {} };
let page;
let polling = { now: async () => {} };

async function look() {
  const { code } = state;
  try {
    const query = new URLSearchParams({ room: state.code ?? "", since: state.view?.version ?? "" });
    const view = await ask(`/api/board?${query}`, { token: state.token });
    if (state.code !== code) return; // another room was chosen meanwhile
    tell(page);
    if (view) take(view);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    tell(page, refused);
  }
}

function take(view) {
  const before = state.view?.room;
  state.view = view;
  state.code = view.room.code;
  show();
  if (before && before.opening !== view.room.opening) announce(heading(view.room));
}

async function act(action, body = {}) {
  try {
    await ask(`/api/board/${state.code}/${action}`, { token: state.token, body });
    await polling.now();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    await polling.now();
    tell(page, refused);
  }
}

function heading(room) {
  const { t } = page;
  if (room.phase === "guess") return t("board.waiting");
  if (room.phase === "over") return t("classroom.over");
  const turn = t("classroom.turn", { turn: room.turn + 1, turns: room.turns });
  return room.now ? `${turn} · ${t.quarter(room.now.quarter)}` : turn;
}

function show() {
  state.ending();
  if (!state.view) {
    header(page, show);
    return;
  }
  const { rooms, room } = state.view;
  const tabs = rooms.length > 1 ? el("div", { class: "row rooms", role: "group", "aria-label": page.t("board.rooms") },
    rooms.map((each) => el("button", { type: "button", class: "small", "aria-pressed": String(each.code === room.code),
      "data-key": `room-${each.code}`, onclick: async () => {
        state.code = each.code;
        await polling.now();
      } }, each.code, " ", el("span", {}, progress(each))))) : null;
  header(page, show, tabs);
  const main = document.getElementById("main");
  const shown = room.phase === "guess" ? waiting(room) : room.phase === "play" ? playing(room) : finished(room);
  redraw(main, shown, levers(page, room, act));
  state.ending = countDown(room);
}

function progress(room) {
  if (room.phase === "guess") return "…";
  return room.phase === "over" ? "✓" : `${room.turn + 1}/${room.turns}`;
}

/** Before the first turn: where to go and the code, as large as can be. */
function waiting(room) {
  const { t } = page;
  return el("section", { class: "waiting" }, el("h1", {}, heading(room)),
    el("p", { class: "lead" }, t("board.open"), " ", el("strong", { class: "address" }, state.view.teams.join(" · "))),
    el("p", { class: "lead" }, t("classroom.code"), " ", el("strong", { class: "huge" }, room.code)),
    around(t, room), el("p", {}, t("board.guess_first")));
}

function playing(room) {
  const { t } = page;
  const turn = room.turn ? room.news[room.turn - 1] : null;
  return el("section", { class: "playing" },
    el("div", { class: "line" }, el("h1", {}, heading(room)), el("strong", { class: "left big" }),
      el("span", { class: "quiet" }, t("classroom.code"), " ", el("strong", {}, room.code), " · ",
        state.view.teams[0])),
    around(t, room),
    el("div", { class: "wall" },
      el("div", {}, room.now ? ties(page, room.now) : el("p", { role: "status" }, t("classroom.working"))),
      el("div", {}, begun(page, room.now),
        turn ? [el("h2", {}, t("classroom.news_of", { quarter: turn.quarter })), news(page, turn, { short: true }),
          changes(page, turn)]
          : [el("p", { class: "lead" }, t("board.first_turn")), el("p", {}, t("board.read"))]),
      el("div", {}, room.now ? three(page, room.now) : null)));
}

function finished(room) {
  const get = (what, text) => ask(`/api/rooms/${room.code}${what}`, { token: state.token, text });
  return debrief(page, null, get, room);
}

page = await begin();
if (location.hash.length > 1) {
  keep("teacher", location.hash.slice(1));
  history.replaceState(null, "", location.pathname); // the key is not for the wall
}
state.token = kept("teacher") ?? "";
show();
polling = poll(look);
await polling.now();
