// What the page cannot say, what to cite, and how to have the same numbers at the command line.

import { ofScenario } from "../around.js";
import { toScenario } from "../scenario.js";
import { runShown } from "../which_run.js";
import { apart } from "./whatif/pins.js";

export const id = "limits";

const CANNOT = ["forecast", "judgement", "few_eras", "two_theories", "coded", "one_move", "no_foresight", "no_secrets",
  "no_war", "missing", "thresholds", "cutoff"];
const GOOD = ["good_argument", "good_condition", "good_difference"];
const BAD = ["bad_odds", "bad_mind"];
const FILE = "mine.yaml";

/**
 * @param {HTMLElement} root
 * @param {Object} ctx
 */
export function mount(root, ctx) {
  const { el, t, pack, settings, memory } = ctx;
  const { about, engine } = pack;
  const claims = Object.values(about.claims);
  const given = {
    numbers: t.number(engine.parameters?.length ?? 0),
    claims: t.number(claims.filter(({ article }) => article).length),
    theories: t.number(Object.keys(about.theories).length),
    variables: t.number(Object.keys(about.variables).length),
    quarters: t.number(about.design.quarters.length - 1),
    ...judged(about),
  };
  const recipe = el("section", {});
  root.append(
    el("h1", {}, t("limits.title")),
    el("p", { class: "lead" }, t("limits.lead")),
    el("ul", {}, CANNOT.map((key) =>
      el("li", {}, el("strong", {}, t(`limits.${key}`)), " ", t(`limits.${key}_why`, given)))),
    el("h2", {}, t("limits.questions")),
    el("div", { class: "columns" },
      el("div", {}, el("h3", {}, t("limits.good")), el("ul", {}, GOOD.map((key) => el("li", {}, t(`limits.${key}`))))),
      el("div", {}, el("h3", {}, t("limits.bad")), el("ul", {}, BAD.map((key) => el("li", {}, t(`limits.${key}`)))))),
    recipe);

  function tell() {
    const { scenario, design, version, model_hash: model } = about;
    const [draw, replicate] = runShown(engine, settings.get(), memory.get());
    const changed = toScenario(pack, settings.get(), { title: scenario.title });
    const as = toScenario(pack, {}, { title: scenario.title }) === changed;
    const plain = as && !engine.whole; // a bundled scenario as it is: all who have the program have it
    const name = plain ? scenario.name : FILE;
    const cite = t("limits.citation", { title: ofScenario(ctx, "title"), scenario: scenario.name, version,
      draws: design.draws, replicates: design.replicates, seed: design.seed, hash: scenario.hash, model,
      sizes: t(`frame.sizes.${scenario.sizes}`) });
    const sizes = `--draws ${design.draws} --replicates ${design.replicates} --seed ${design.seed}`;
    recipe.replaceChildren(
      el("h2", {}, t("limits.cite")),
      el("p", {}, t("limits.cite_lead")),
      copied(cite),
      el("h2", {}, t("limits.repeat")),
      el("p", {}, t("limits.repeat_lead")),
      ...(plain ? [] : [
        el("p", {}, t(`limits.${as ? "own" : "changed"}`, { file: FILE })), copied(changed), apart(ctx) ?? "",
        el("p", {}, el("button", { type: "button", onclick: () => ctx.save(FILE, changed, "text/yaml") },
          t("limits.save", { file: FILE })))]),
      copied(`triangle-sim run ${name} ${sizes}\ntriangle-sim story ${name} --run ${draw}.${replicate}`),
      el("p", { class: "note" }, t("limits.same")));
  }

  function copied(text) {
    return el("pre", { class: "copy", tabindex: 0 }, el("code", {}, text));
  }

  tell();
  return settings.on(tell);
}

/** How many of the interests and moves rest on the modeller's judgement alone, and how many there are. */
function judged(about) {
  const countries = [about.interests, about.moves].flatMap((kind) => Object.values(kind));
  const every = countries.flatMap((each) => Object.values(each));
  const alone = every.filter(({ claims }) => !claims.some((each) => about.claims[each]));
  return { parts: String(every.length), alone: String(alone.length) };
}
