// After the game: how it ended, the path over the model's futures, moves beside the best reply, all rooms, the file.

import { el, save } from "/page/js/dom.js";
import { redraw } from "./around.js";
import { Refused } from "./ask.js";
import { outcome, rooms } from "./outcome.js";
import { paths } from "./paths.js";
import { country as reviewed } from "./review.js";

/** What the reader has set, and what was fetched, of one game: it outlives a redraw of the page. */
const kept = { at: "", variable: "", country: null, data: null, seen: "" };

/** Milliseconds after which a refused request is made again. */
const AGAIN = 3000;

/**
 * The debrief of a room.
 * @param {Object} page {t, about}
 * @param {string|null} country whose moves are shown first
 * @param {function(string, boolean=): Promise<Object|string>} get asks for `/debrief` and `/export` of the room
 * @param {Object} view the room
 * @returns {HTMLElement}
 */
export function debrief(page, country, get, view) {
  const { t, about } = page;
  const at = `${view.code}.${view.opening}`;
  if (kept.at !== at) Object.assign(kept, { at, variable: "", country: null, data: null, seen: "" });
  kept.country ??= country ?? about.countries[0].code;
  const body = el("div", {}, el("p", { role: "status", class: "lead" }, t("debrief.working")));
  const draw = () => kept.data && redraw(body, parts(page, { draw, fetched, get, view }));
  const fetched = async (variable) => {
    try {
      const data = await get(`/debrief${variable && `?variable=${encodeURIComponent(variable)}`}`);
      if (kept.at !== at) return;
      Object.assign(kept, { data, variable: data.variable, seen: view.others.join() });
      draw();
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      redraw(body, el("p", { class: "warning", role: "alert" }, t("classroom.refused.failed")));
      setTimeout(() => body.isConnected && kept.at === at && fetched(variable), AGAIN);
    }
  };
  draw();
  if (!kept.data || kept.seen !== view.others.join()) fetched(kept.variable);
  return el("section", { class: "debrief" }, el("h1", {}, t("debrief.title")), el("p", {}, t("debrief.how")), body);
}

function parts(page, { draw, fetched, get, view }) {
  const { data } = kept;
  const own = data.rooms.find(({ code }) => code === data.code);
  return [
    outcome(page, own),
    paths(page, data, own, fetched),
    moves(page, own, draw),
    data.rooms.length > 1 ? rooms(page, data) : null,
    file(page, get, view),
  ];
}

function moves(page, own, draw) {
  const { t, about } = page;
  const choice = ({ code }) => el("button", {
    type: "button", class: "small", "aria-pressed": String(code === kept.country), "data-key": `of-${code}`,
    onclick: () => {
      kept.country = code;
      draw();
    },
  }, t.label("countries", code));
  return el("section", {}, el("h2", {}, t("debrief.moves_title")), el("p", {}, t("debrief.moves_how")),
    el("div", { class: "row", role: "group", "aria-label": t("debrief.whose") }, about.countries.map(choice)),
    reviewed(page, own.game, kept.country));
}

function file({ t }, get, view) {
  const name = `game_${view.code}.yaml`;
  const button = el("button", { type: "button", "data-key": "export",
    onclick: async () => save(name, await get("/export", true), "application/yaml") }, t("debrief.export"));
  return el("section", {}, el("p", {}, button),
    el("p", { class: "note" }, t("debrief.export_how", { file: name })));
}
