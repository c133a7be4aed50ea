// A triangle whose three ties the reader sets: which type it is, and who has which role.

import { triangle } from "./draw/triangle.js";
import { fit } from "./draw/svg.js";
import { announce, el } from "./dom.js";
import { THREE, TIES, triangleData } from "./showing.js";
import { sentence } from "./telling.js";
import { capital } from "./words.js";

const ALPHABETICAL = ["CHN", "PRK", "RUS"];
const NEXT = { 1: 0, 0: -1, "-1": 1 };

/**
 * Type and roles of three signs, by the model's own table.
 * @param {Object} pack the engine's
 * @param {[number, number, number]} signs -1, 0 or 1 of North Korea-China, North Korea-Russia, China-Russia
 * @returns {{type: string, roles: Object<string, string>, signs: Object<string, number>}}
 */
export function read(pack, signs) {
  const named = Object.fromEntries(TIES.map((tie, place) => [tie, signs[place]]));
  const pattern = 9 * named["CHN-PRK"] + 3 * named["CHN-RUS"] + named["PRK-RUS"] + 13;
  return {
    type: pack.types[pack.type_of[pattern]],
    roles: Object.fromEntries(ALPHABETICAL.map((code, at) => [code, pack.roles[pack.roles_of[at][pattern]]])),
    signs: named,
  };
}

/**
 * The triangle to set: its lines are buttons, each press goes from good to neither to bad.
 * @param {Object} ctx
 * @param {function({stop: function}): void} keep is given what must be stopped
 * @returns {HTMLElement}
 */
export function byHand(ctx, keep) {
  const { t, engine } = ctx;
  const signs = [1, 1, -1];
  const picture = el("div", { class: "half" });
  const said = el("div", {});
  const word = (sign) => t(`triangle.sign_${["bad", "none", "good"][sign + 1]}`);

  function press(place) {
    signs[place] = NEXT[signs[place]];
    drawn.redraw();
    announce(tell());
  }

  function tell() {
    const { type, roles } = read(engine.pack, signs);
    said.replaceChildren(
      el("p", { class: "lead" }, el("strong", {}, capital(t.label("types", type))),
        `: ${t.part("meaning", "types", type)}.`),
      el("ul", {}, THREE.map((code) => el("li", {},
        el("span", { class: ["country", code] }, t.label("countries", code)),
        `: ${sentence(`${t.label("roles", roles[code])}, ${t.part("meaning", "roles", roles[code])}`)}`))));
    return said.textContent;
  }

  const drawn = fit(picture, (room) => {
    const data = triangleData(t, read(engine.pack, signs), t("triangle.by_hand"));
    const pressLabels = TIES.map((tie, place) => {
      const [a, b] = tie.split("-").map((code) => t.label("countries", code));
      return t("triangle.press", { a, b, sign: word(signs[place]), next: word(NEXT[signs[place]]) });
    });
    return triangle({ ...data, press, pressLabels }, room);
  });
  keep(drawn);
  tell();
  return el("div", { class: "columns" }, picture, said);
}
