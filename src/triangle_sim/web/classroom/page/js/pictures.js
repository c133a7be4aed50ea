// How things stand, drawn: the five countries and their ties, and the triangle of three with everybody's role.

import { network } from "/page/js/draw/network.js";
import { fit } from "/page/js/draw/svg.js";
import { triangle } from "/page/js/draw/triangle.js";
import { el } from "/page/js/dom.js";
import { capital } from "/page/js/words.js";

const THREE = ["PRK", "CHN", "RUS"];

/**
 * A picture that keeps the width of its place.
 * @param {string} kind a class of its own
 * @param {function({width: number, text: number}): SVGElement} make
 * @returns {HTMLElement}
 */
export function held(kind, make) {
  const holder = el("div", { class: ["held", kind] });
  let fitted = null;
  new ResizeObserver((_, watcher) => {
    if (!holder.isConnected) {
      fitted?.stop();
      watcher.disconnect();
    } else fitted ??= fit(holder, make);
  }).observe(holder);
  return holder;
}

/** All five and their ties. */
export function ties({ t, about }, now) {
  const name = (code) => t.label("countries", code);
  const desc = now.ties.map(({ a, b, value }) => `${name(a)}, ${name(b)}: ${t.number(value, 1)}`).join("; ");
  return held("network", (room) => network({
    title: t("classroom.ties_title", { quarter: now.quarter }), desc,
    countries: about.countries.map(({ code }) => ({ code, label: name(code) })), ties: now.ties,
    lit: Object.keys(now.roles).filter((code) => now.roles[code] === "pivot"),
  }, room));
}

/** North Korea between China and Russia; null where the three are not all at the table. */
export function three({ t }, now) {
  if (!now.triangle) return null;
  const pairs = [[0, 1], [0, 2], [1, 2]].map(([one, other]) => [THREE[one], THREE[other]].sort());
  const between = pairs.map(([a, b]) => now.ties.find((tie) => [tie.a, tie.b].sort().join() === [a, b].join()));
  const type = t.label("types", now.triangle);
  return el("figure", { class: "three" },
    held("triangle", (room) => triangle({
      title: t("classroom.triangle_title", { type }), desc: t.part("meaning", "types", now.triangle),
      members: THREE.map((code) => ({ code, label: t.label("countries", code), role: t.label("roles", now.roles[code]),
        pivot: now.roles[code] === "pivot" })),
      signs: between.map(({ sign }) => sign), values: between.map(({ value }) => Math.abs(value)),
    }, room)),
    el("figcaption", {}, el("strong", {}, t("classroom.triangle_title", { type })), " ",
      capital(t.part("meaning", "types", now.triangle)), "."));
}
