// How to read a tie, as a row of samples, each with its words; used once beside networks and triangles.

import { tieLook } from "./style.js";
import { picture, shape, textWidth, words } from "./svg.js";

/**
 * @param {{title: string, desc: string, labels: [string, string, string, string, string]}} data
 *   labels: what lines mean that are allied (+0.8), friendly (+0.3), neutral, cool (-0.3), hostile (-0.8)
 * @param {{width: number, text: number}} how
 */
export function tieKey({ title, desc, labels }, { width, text }) {
  const parts = [];
  const sample = 3 * text;
  let [x, y] = [0, 0.8 * text];
  [0.8, 0.3, 0, -0.3, -0.8].forEach((value, at) => {
    const wide = sample + 0.4 * text + textWidth(labels[at], text) + text;
    if (x > 0 && x + wide > width) [x, y] = [0, y + 1.5 * text];
    parts.push(shape("line", { x1: x, x2: x + sample, y1: y, y2: y, ...tieLook(value, { scale: text / 18 }) }));
    parts.push(words(x + sample + 0.4 * text, y + 0.35 * text, labels[at], { size: text }));
    x += wide;
  });
  return picture({ title, desc, width, height: y + 0.8 * text }, parts);
}
