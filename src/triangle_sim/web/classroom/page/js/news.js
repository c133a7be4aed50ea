// What a turn brought, told to a class: events, moves and whose they were, meetings, what changed.

import { el } from "/page/js/dom.js";
import { capital } from "/page/js/words.js";
import { coded, eventTitle, named } from "./around.js";

/**
 * The news of one turn.
 * @param {Object} page {t, words, about}
 * @param {Object} turn as the server tells it
 * @param {{short?: boolean}} [how] short: countries by their codes
 * @returns {HTMLElement}
 */
export function news(page, turn, { short = false } = {}) {
  const { t } = page;
  return el("div", { class: "news" },
    turn.events.map((each) => el("p", { class: "event" }, el("strong", {}, capital(eventTitle(page, each))), ".")),
    el("ul", { class: "acts" }, turn.acts.map((act) => el("li", {},
      (short ? coded : named)(t, act.country), " ", told(page, act), " ",
      act.team ? null : el("span", { class: "quiet" }, t("classroom.by_rule"))))),
    turn.meetings.map(({ name }) => el("p", { class: "meeting" }, "★ ", capital(t.label("meetings", name)), ".")));
}

/** What a turn changed most; null where nothing changed much. */
export function changes(page, turn) {
  if (!turn.changes.length) return null;
  return el("ul", { class: "changes" }, turn.changes.map((each) => el("li", {}, changed(page, each))));
}

function told({ t }, { country, move, says }) {
  return t.part("news", "moves", country, move) || `${capital(says)}.`;
}

function changed({ t, about }, { variable, before, after }) {
  const rises = after > before;
  const { low, high } = about.variables[variable];
  const share = Math.abs(after - before) / (high - low);
  const size = share > 0.2 ? "much" : share > 0.08 ? "some" : "little";
  return el("span", {}, el("span", { "aria-hidden": "true" }, rises ? "▲ " : "▼ "),
    t(`classroom.changes.${rises ? "more" : "less"}_${size}`, { what: capital(t.label("variables", variable)) }));
}

/** What begins in the turn that is open, known to all before they move. */
export function begun(page, now) {
  if (!now?.events.length) return null;
  return el("p", { class: "asked" }, el("strong", {}, page.t("classroom.this_quarter")), " ",
    now.events.map((each) => `${capital(eventTitle(page, each))}.`).join(" "));
}
