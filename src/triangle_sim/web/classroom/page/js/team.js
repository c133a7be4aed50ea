// A team's page: the code, a seat, a guess, a move a turn, and the debrief.

import { announce } from "/page/js/dom.js";
import { begin, countDown, header, redraw, tell } from "./around.js";
import { ask, poll, Refused } from "./ask.js";
import { debrief } from "./debrief.js";
import { door, guesses, seats, table } from "./seat.js";
import { keep, kept } from "./kept.js";

const state = { room: null, view: null, chosen: null, ending: () => {} };
let page;

/** The address of the room, and of what is done in it. */
const at = (what = "") => `/api/rooms/${encodeURIComponent(state.room.code)}${what}`;

async function look() {
  const { room } = state;
  if (!room) return;
  try {
    const since = state.view ? `?since=${encodeURIComponent(state.view.version)}` : "";
    const view = await ask(at(since), { token: room.token });
    if (state.room !== room) return; // a seat was taken or left meanwhile: this answer is about who we were
    tell(page);
    if (view) take(view);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    if (state.room !== room) return;
    if (refused.status === 404) leave();
    tell(page, refused);
  }
}

/** Shows a room as it now is. */
function take(view) {
  const before = state.view;
  state.view = view;
  if (state.room.token && !view.mine) {
    remember({ code: view.code, token: "" });
    tell(page, new Refused(403, "seat_gone"));
  }
  if (before?.opening !== view.opening) state.chosen = null;
  show();
  if (before && before.opening !== view.opening) announce(spoken(view));
}

function spoken(view) {
  if (view.phase === "over") return page.t("classroom.over");
  return page.t("classroom.turn", { turn: view.turn + 1, turns: view.turns });
}

function remember(room) {
  state.room = room;
  keep("room", room);
}

function leave() {
  remember(null);
  state.view = null;
  show();
}

/** Does something in the room, and looks what has become of it. */
async function act(what, body) {
  try {
    const answer = await ask(at(what), { token: state.room.token, body });
    if (what === "/seats") remember({ code: state.view.code, token: answer.token });
    if (what === "/leave") remember({ code: state.view.code, token: "" });
    tell(page);
    await polling.now();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    await polling.now();
    tell(page, refused);
  }
}

async function enter(code) {
  const room = { code: code.trim().toUpperCase(), token: "" };
  try {
    const view = await ask(`/api/rooms/${encodeURIComponent(room.code)}`);
    remember(room);
    tell(page);
    take(view);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    tell(page, refused);
  }
}

function show() {
  const { view } = state;
  state.ending();
  header(page, show);
  const main = document.getElementById("main");
  const choose = (move) => {
    state.chosen = move;
  };
  const context = { ...page, act, leave, enter, choose, chosen: () => state.chosen };
  const get = (what, text) => ask(at(what), { token: state.room.token, text });
  if (!view) redraw(main, door(context, location.hash.slice(1)));
  else if (!view.mine) redraw(main, seats(context, view));
  else if (view.phase === "guess") redraw(main, guesses(context, view));
  else if (view.phase === "play") redraw(main, table(context, view));
  else redraw(main, debrief(context, view.mine.country, get, view));
  state.ending = view ? countDown(view) : () => {};
}

let polling = { now: async () => {} };
page = await begin();
state.room = kept("room");
if (location.hash.length > 1 && !state.room?.token) state.room = null;
show();
polling = poll(look);
await polling.now();
