// Open tasks that the live numbers judge, and the model's own search for an answer.

import { changes, moved } from "./changes.js";
import { levelOf, measure } from "./measures.js";

/** Each task: what must lie above or below what, and how many sliders may be moved. */
export const TASKS = [
  { id: "summit", of: "us_prk_summit", above: 0.5, sliders: 1 },
  { id: "shield", of: "end_state=russian_shield", below: 0.33, sliders: 1 },
];

/** Tasks that a page with these numbers can set. */
export function tasksFor(group, about) {
  return TASKS.filter((task) => levelOf(measure(task.of, about), group));
}

/**
 * How far a setting solves a task.
 * @returns {{level: number, moved: number, solved: boolean, state: "solved"|"short"|"many"}} `short` of the mark, or
 *   past it with too many sliders
 */
export function judged(task, group, settings, sliders, about) {
  const level = levelOf(measure(task.of, about), group).value;
  const used = changes(settings, sliders).length;
  const there = reached(task, level);
  const state = !there ? "short" : used > task.sliders ? "many" : "solved";
  return { level, moved: used, solved: state === "solved", state };
}

/** Whether a level is past the mark. */
export function reached({ above, below }, level) {
  return above !== undefined ? level > above : level < below;
}

/**
 * The model's own search: each slider alone, from the unchanged scenario, at both of its ends.
 * @param {Object} task
 * @param {Object} how
 * @param {Object} how.start the unchanged settings
 * @param {Array<Object>} how.sliders
 * @param {Object} how.data the pack's `engine`
 * @param {Object} how.about
 * @param {(settings: Object) => Promise<Object>} how.count
 * @param {(done: number, all: number) => void} [how.tell]
 * @returns {Promise<Array<{slider: Object, value: number, level: number, reached: boolean}>>} the furthest first
 */
export async function searched(task, { start, sliders, data, about, count, tell = () => {} }) {
  const tries = sliders.flatMap((slider) => [slider.low, slider.high].map((value) => ({ slider, value })));
  const found = [];
  for (const { slider, value } of tries) {
    const { all } = await count(moved(start, slider, value, data));
    const level = levelOf(measure(task.of, about), all).value;
    found.push({ slider, value, level, reached: reached(task, level) });
    tell(found.length, tries.length);
  }
  const sign = task.above !== undefined ? -1 : 1;
  return found.sort((a, b) => sign * (a.level - b.level));
}
