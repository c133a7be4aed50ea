// Building blocks of every picture: elements, text that is set and broken by its width, and a picture with its words.
//
// A drawing function takes plain data and {width, text} in pixels and returns an <svg> of that very width, so that
// letters stay as large as asked for on a phone and on a wall. `fit` redraws it when its place changes.

const NS = "http://www.w3.org/2000/svg";
let numbered = 0;

/** A name that no other element of the page has. */
export const unique = (stem) => `${stem}-${(numbered += 1)}`;

/**
 * An SVG element; attributes that are null or false are left out, a string child becomes text.
 * @param {string} tag
 * @param {Object} [attributes] `onclick` and the like are listened to
 * @param {...(Node|string|null)} children
 * @returns {SVGElement}
 */
export function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, typeof value === "number" ? String(Math.round(value * 100) / 100) : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "") {
      made.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)));
    }
  }
  return made;
}

/**
 * The whole picture. `title` names it and `desc` says what is seen, for who does not see it.
 * @param {{title: string, desc: string, width: number, height: number, pressed?: boolean}} about
 *   pressed: whether something in it can be pressed, so that it is a group of controls and no single image
 * @param {Array<SVGElement|null>} parts
 */
export function picture({ title, desc, width, height, pressed = false }, parts) {
  const [named, told] = [unique("title"), unique("desc")];
  return shape(
    "svg",
    {
      class: "drawn", viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`, width: Math.round(width),
      height: Math.round(height), role: pressed ? "group" : "img", "aria-labelledby": named, "aria-describedby": told,
    },
    shape("title", { id: named }, title),
    shape("desc", { id: told }, desc),
    ...parts,
  );
}

let ruler = null;

/** Width of a text in pixels in the page's own font; without a page, by rule, rather too wide than too narrow. */
export function textWidth(text, size, bold = false) {
  ruler ??= typeof OffscreenCanvas === "undefined" ? false : new OffscreenCanvas(1, 1).getContext("2d");
  if (!ruler) return widthByRule(text, size, bold);
  ruler.font = `${bold ? 700 : 400} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return 1.02 * ruler.measureText(String(text)).width;
}

/** Hangul and Han characters are as wide as high; Latin letters come in four widths. */
function widthByRule(text, size, bold) {
  let ems = 0;
  for (const letter of String(text)) {
    if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af]/.test(letter)) ems += 1;
    else if (/[ilj.,:;'|!()[\] ft]/.test(letter)) ems += 0.34;
    else if (/[mwMW%@\u2212+<>=]/.test(letter)) ems += 0.86;
    else ems += /[A-Z0-9]/.test(letter) ? 0.66 : 0.56;
  }
  return ems * size * (bold ? 1.06 : 1);
}

/**
 * A text in lines no wider than `width`; beyond `lines` lines the last ends in an ellipsis.
 * @returns {string[]}
 */
export function broken(text, size, width, { bold = false, lines = 9 } = {}) {
  const found = [];
  for (const word of String(text).split(" ")) {
    const longer = found.length ? `${found[found.length - 1]} ${word}` : word;
    if (found.length && textWidth(longer, size, bold) <= width) found[found.length - 1] = longer;
    else found.push(word);
  }
  if (found.length <= lines) return found;
  let last = found[lines - 1];
  while (last.length > 1 && textWidth(`${last}…`, size, bold) > width) last = last.slice(0, -1);
  return [...found.slice(0, lines - 1), `${last}…`];
}

/**
 * Text at a point, one or more lines from the first one down.
 * @param {number} x
 * @param {number} y the first line's baseline
 * @param {string|string[]} text
 * @param {{size?: number, anchor?: "start"|"middle"|"end", bold?: boolean, ink?: string, halo?: boolean}} [how]
 */
export function words(x, y, text, { size = 18, anchor = "start", bold = false, ink = "#1A1A1A", halo = false } = {}) {
  const lines = Array.isArray(text) ? text : [text];
  const outline = halo ? { stroke: "#FFFFFF", "stroke-width": size / 5, "stroke-linejoin": "round",
    "paint-order": "stroke" } : {};
  const parts = lines.map((line, number) => shape("tspan", { x, y: y + number * size * 1.22 }, line));
  return shape(
    "text",
    { x, y, "font-size": size, "text-anchor": anchor, "font-weight": bold ? 700 : null, fill: ink, ...outline },
    ...parts,
  );
}

/**
 * Keeps a picture as wide as the element that holds it, and its letters as large as that element's.
 * @param {HTMLElement} holder
 * @param {function({width: number, text: number}): SVGElement} make
 * @returns {{redraw: function(): void, stop: function(): void}}
 */
export function fit(holder, make) {
  let last = "";
  const redraw = () => {
    const width = Math.floor(holder.clientWidth);
    if (width < 40) return;
    const text = Math.round(parseFloat(getComputedStyle(holder).fontSize)) || 18;
    last = `${width}/${text}`;
    const held = holder.contains(document.activeElement) ? document.activeElement.getAttribute("data-key") : null;
    holder.replaceChildren(make({ width, text }));
    if (held !== null) holder.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  };
  const watcher = new ResizeObserver(() => {
    const text = Math.round(parseFloat(getComputedStyle(holder).fontSize)) || 18;
    if (last !== `${Math.floor(holder.clientWidth)}/${text}`) redraw();
  });
  watcher.observe(holder);
  redraw();
  return { redraw, stop: () => watcher.disconnect() };
}
