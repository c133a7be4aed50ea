// What a teacher can do to a room, at the foot of the board.

import { el } from "/page/js/dom.js";
import { named } from "./around.js";

/**
 * @param {Object} page
 * @param {Object} room
 * @param {function(string, Object=): Promise<void>} act
 */
export function levers({ t }, room, act) {
  const lever = (action, body, { primary = false, sure = false, off = false } = {}) => el("button", {
    type: "button", class: primary ? "primary" : null, disabled: off, "data-key": action,
    onclick: () => (!sure || confirm(t(`board.sure.${action}`))) && act(action, body) }, t(`board.${action}`));
  const { opening } = room;
  const seconds = el("input", { type: "number", id: "seconds", min: 0, max: 3600, step: 10, value: String(room.timer),
    "data-key": "seconds" });
  const free = ({ country }) => el("button", {
    type: "button", class: "small", "data-key": `free-${country}`,
    onclick: () =>
      confirm(t("board.sure.free", { country: t.label("countries", country) })) && act("free", { country }),
  }, named(t, country));
  const taken = room.seats.filter((seat) => seat.taken);
  const shown = () => requestAnimationFrame(() =>
    document.querySelector(".levers")?.scrollIntoView({ block: "end" }));
  return el("section", { class: "levers", "aria-label": t("board.teacher") },
    el("div", { class: "row" },
      room.phase === "guess" ? lever("start", {}, { primary: true }) : null,
      room.phase === "play" ? lever("resolve", { opening }, { primary: true }) : null,
      room.phase !== "guess" ? lever("undo", { opening }, { off: !room.turn }) : null,
      room.phase === "play" ? lever("finish", {}, { sure: true }) : null,
      room.phase !== "guess" ? lever("anew", {}, { sure: true }) : null),
    el("details", { "data-key": "more" }, el("summary", { "data-key": "more-title", onclick: shown },
      t("board.more")),
      el("form", { class: "row", onsubmit: (event) => {
        event.preventDefault();
        act("timer", { seconds: Math.round(Number(seconds.value)) });
      } }, el("label", { for: "seconds" }, t("board.seconds")), seconds,
        el("button", { type: "submit", class: "small", "data-key": "timer" }, t("board.timer"))),
      taken.length ? el("div", { class: "row" }, el("span", {}, t("board.free")), taken.map(free)) : null));
}
