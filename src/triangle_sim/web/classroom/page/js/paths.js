// Every room's own history over the futures that the model plays by itself.

import { fan } from "/page/js/draw/fan.js";
import { BLUE, GREEN, INK, ORANGE, PURPLE, QUIET, SKY, VERMILLION } from "/page/js/draw/style.js";
import { el } from "/page/js/dom.js";
import { capital } from "/page/js/words.js";
import { held } from "./pictures.js";

const COLOURS = [VERMILLION, GREEN, PURPLE, ORANGE, SKY, QUIET];
const DASHES = ["9 4", "2 4", "9 4 2 4"];
const QUANTILES = ["q05", "q25", "q50", "q75", "q95"];

/**
 * The picture, what it shows in words, and the choice of another variable.
 * @param {Object} page
 * @param {Object} data the debrief
 * @param {Object} own the room's own part of it
 * @param {function(string): void} fetched asks for another variable
 */
export function paths(page, data, own, fetched) {
  const { t, about } = page;
  const { low, high } = about.variables[data.variable];
  const what = capital(t.label("variables", data.variable));
  const scale = data.variable.startsWith("goodwill[") ? "tie" : "variable";
  const [start, stop, end, least, most] = [own.path[0], own.path[own.turn], own.path.at(-1), data.fan.q05.at(-1),
    data.fan.q95.at(-1)].map((level) => t.number(level, 2).replace("-", "−"));
  const text = t("debrief.path_text", { what, start, stop, end, low: least, high: most });
  const picture = {
    title: what, desc: text, quarters: about.quarters, low, high,
    ends: [t.part("low", "ends", scale), t.part("high", "ends", scale)],
    fans: [{ label: t("debrief.model"), colour: BLUE, bands: bands(data.fan) }], paths: lines(t, data, own),
    marks: [{ at: own.turn, label: t("debrief.stopped") }],
  };
  return el("section", {}, el("h2", {}, t("debrief.path_title")),
    el("p", {}, t("debrief.path_how", { n: t.number(data.fan.draws * data.fan.replicates) })),
    el("label", { for: "variable" }, t("debrief.variable")), " ", choice(page, data, fetched),
    el("figure", {}, held("fan", (room) => fan(picture, room)), el("figcaption", {}, text)));
}

function choice({ t, about }, data, fetched) {
  const select = el("select", { id: "variable", "data-key": "variable", onchange: () => fetched(select.value) },
    Object.keys(about.variables).map((name) => el("option", { value: name, selected: name === data.variable },
      capital(t.label("variables", name)))));
  return select;
}

function bands(quantiles) {
  return quantiles.q50.map((_, at) => Object.fromEntries(QUANTILES.map((name) => [name, quantiles[name][at]])));
}

/** Other rooms first, so that one's own lies on top. */
function lines(t, data, own) {
  const others = data.rooms.filter((room) => room !== own).map((room, at) => ({
    label: t("debrief.room", { code: room.code }), values: room.path, colour: COLOURS[at % COLOURS.length],
    dash: DASHES[at % DASHES.length],
  }));
  return [...others, { label: t("debrief.room", { code: own.code }), colour: INK, values: own.path }];
}
