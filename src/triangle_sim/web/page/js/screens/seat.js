// Your seat: play one country quarter by quarter against the model, then see what difference you made.

import { ofScenario } from "../around.js";
import { fileOf, toScenario } from "../scenario.js";
import { short } from "./whatif/answer.js";
import { keyOf } from "./whatif/changes.js";
import { apart } from "./whatif/pins.js";
import { remembering } from "./whatif/settle.js";
import { cards } from "./seat/cards.js";
import { debrief } from "./seat/debrief.js";
import { begun, gameOf, played, sealed, SESSION, settingsOf, undone, withoutOf } from "./seat/game.js";
import { moveOf } from "./seat/say.js";
import { known, situation } from "./seat/situation.js";
import { start } from "./seat/start.js";
import { told } from "./seat/told.js";
import { weighed } from "./seat/weigh.js";

export const id = "seat";

/**
 * Shows the screen.
 * @param {HTMLElement} root
 * @param {Object} ctx what every screen is given
 * @returns {function()} ends it
 */
export function mount(root, ctx) {
  const { pack: { about, engine: data }, t, el, refill, announce, engine, pool, settings, memory } = ctx;
  const horizon = data.quarters.length - 1;
  const counts = remembering(12);
  const count = (set, n, how) => {
    const lane = `seat ${n} ${how.variables} ${keyOf(set)}`;
    return counts(lane, () => pool.futures(set, n, { ...how, lane }));
  };
  const histories = remembered((set, { draw, replicate }) => engine.history(set, draw, replicate));
  let game = gameOf(settings.get(), memory.get().run, memory.get().game);
  let think = memory.get().think ?? true;
  let chosen = null;
  let ends = [];
  let quiet = false;

  const stop = () => {
    for (const end of ends) end();
    ends = [];
  };
  /** Keeps the game where links and other screens find it. */
  const keep = (next) => {
    game = next;
    chosen = null;
    quiet = true;
    const other = game && String(memory.get().run) !== `${game.draw},${game.replicate}`;
    memory.set({ game, ...(other ? { run: [game.draw, game.replicate], at: 0 } : {}) });
    settings.set({ seats: game ? settingsOf(game, settings.get()).seats : {} });
    quiet = false;
    show();
  };
  const head = (node) => {
    node?.setAttribute("tabindex", "-1");
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: "start" });
  };

  const show = () => {
    stop();
    refill(root, el("h1", {}, t("seat.title")), ...screen());
    root.dataset.quarter = game ? String(game.moves.length) : "";
  };

  /** A link may hold settings that cannot be played together: that is said, and the way out stays open. */
  const screen = () => {
    try {
      return game ? playing() : choosing();
    } catch (error) {
      const said = el("p", { class: "warning" }, t("seat.failed", { error: error.message }));
      return [said, tool("seat.leave", () => keep(null))];
    }
  };

  const choosing = () => [el("p", { class: "lead" }, t("seat.lead")), el("p", {}, t("seat.sealed_note")),
    start(ctx, { country: memory.get().game?.country ?? (data.codes.includes("PRK") ? "PRK" : data.codes[0]),
      run: memory.get().run, begin: (next) => {
        keep(next);
        head(root.querySelector("h2"));
      } })];

  const playing = () => {
    const quarter = game.moves.length;
    const history = histories(settingsOf(game, settings.get()), game);
    const options = (at) =>
      engine.options(settingsOf(game, settings.get()), game.draw, game.replicate, at, game.country);
    const last = quarter > 0 && !game.over ? [past(history, quarter - 1, options)] : [];
    const over = game.over || quarter >= horizon;
    return [
      el("p", {}, el("span", { class: ["country", game.country] }, t.label("countries", game.country)), " · ",
        t("seat.where", { run: `${game.draw}.${game.replicate}`, theory: short(t, about, history.theory),
          quarter: Math.min(quarter + 1, horizon), of: horizon })),
      ...last,
      ...(over ? taken(history, options) : moving(history, options, quarter)),
    ];
  };

  const past = (history, at, options) => {
    return told(ctx, history.quarters[at], { code: game.country, options: weighed(options(at)) });
  };

  const moving = (history, options, quarter) => {
    const now = known(history, quarter, about.meetings);
    const stands = situation(ctx, game.country, now);
    ends.push(stands.stop);
    const all = weighed(options(quarter));
    const seal = el("button", { type: "button", class: "primary", disabled: true, onclick: () => play(chosen) },
      t("seat.seal"));
    const choose = (move) => {
      chosen = move;
      seal.disabled = false;
      refill(seal, t("seat.seal_this", { move: t.label("moves", game.country, move) }));
    };
    const menu = el("div", {});
    const deal = () => refill(menu, cards(ctx, game.country, all,
      { offers: now.offers, hidden: think, chosen, choose }));
    deal();
    const box = el("input", { type: "checkbox", id: "think", checked: think, onchange: () => {
      think = box.checked;
      memory.set({ think });
      deal();
    } });
    return [
      el("h2", {}, t("seat.quarter", { quarter: now.label })), stands.node,
      el("p", {}, el("label", { class: "pick" }, box, t("seat.think"))),
      menu, el("p", { class: "row" }, seal, tool("seat.by_rule", () => play(null))),
      el("p", { class: "quiet" }, t("seat.sealed_note")),
      el("p", { class: "row" }, quarter ? tool("seat.undo", () => back()) : null,
        quarter ? tool("seat.play_on", () => finish()) : null, tool("seat.leave", () => keep(null))),
      quarter === SESSION ? el("p", { class: "note" }, t("seat.session", { n: SESSION })) : null,
    ];
  };

  const taken = (history, options) => {
    const set = settingsOf(game, settings.get());
    const without = histories(withoutOf(game, settings.get(), data.seats), game);
    const shown = debrief(ctx, game, { with_: history, without, options, count });
    ends.push(shown.stop);
    const file = fileOf(about.scenario.name, `${game.country}_${game.draw}_${game.replicate}`);
    const country = t.label("countries", game.country);
    const title = t("seat.file_title", { country, scenario: ofScenario(ctx, "title") });
    const write = () => ctx.save(file, toScenario(ctx.pack, set, { title, run: game }), "application/yaml");
    const onward = game.moves.length < horizon ? tool("seat.go_on", () => keep({ ...game, over: false })) : null;
    return [
      el("p", { class: "row" }, onward, game.moves.length ? tool("seat.undo", () => back()) : null,
        tool("seat.again", () => keep(begun(game.country, game))), tool("seat.leave", () => keep(null))),
      shown.node, el("h3", {}, t("seat.keep")), el("p", {}, t("seat.keep_note")), apart(ctx),
      el("button", { type: "button", onclick: write }, t("seat.save", { file })),
      el("p", {}, t("seat.replay"), " ", el("code", {}, `triangle-sim story ${file}`)),
    ];
  };

  const tool = (key, act) => el("button", { type: "button", onclick: act }, t(key));
  const play = (move) => {
    const quarter = game.moves.length;
    keep(sealed(game, move));
    const acts = histories(settingsOf(game, settings.get()), game).quarters[quarter].acts;
    const did = ({ country, move: each }) => `${t.label("countries", country)}: ${moveOf(t, country, each)}.`;
    announce(acts.map(did).join(" "));
    head(root.querySelector("h2, h3"));
  };
  const back = () => {
    keep(undone(game));
    announce(t("seat.undone"));
    head(root.querySelector("h2"));
  };
  const finish = () => {
    keep(played(game));
    head(root.querySelector("h2"));
  };

  const off = settings.on(() => {
    if (quiet) return;
    game = gameOf(settings.get(), memory.get().run, null);
    show();
  });
  show();
  return () => {
    off();
    stop();
  };
}

/** The last few histories, by what they are of. */
function remembered(make, most = 8) {
  const known = new Map();
  return (set, world) => {
    const key = `${world.draw}.${world.replicate} ${keyOf(set)}`;
    if (!known.has(key)) known.set(key, make(set, world));
    if (known.size > most) known.delete(known.keys().next().value);
    return known.get(key);
  };
}
