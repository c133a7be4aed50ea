// Elements without markup in strings: whatever comes from outside becomes text, never HTML.

const SVG = "http://www.w3.org/2000/svg";
/** No line breaks between a closing mark and the Korean particle that belongs to it. */
const CLOSED = /[)’”](?=[가-힣])/g;

/**
 * An element with its properties and children.
 * @param {string} tag
 * @param {Object} [properties] attributes; `on...` functions listen, `style` is an object, `class` a string or a list;
 *   true gives an empty attribute, false, null and undefined none
 * @param {...(Node|string|number|null|Array)} children strings and numbers become text
 * @returns {HTMLElement}
 */
export function el(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/**
 * The same for SVG: `svg("circle", {cx: 3, cy: 4, r: 2})`.
 * @returns {SVGElement}
 */
export function svg(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

/** Replaces what is in a node by other children. */
export function refill(node, ...children) {
  node.replaceChildren(...kept(children));
  return node;
}

/** Tells what changed to those who listen instead of look. */
export function announce(text) {
  const live = document.getElementById("live");
  if (live && live.textContent !== text) live.textContent = text;
}

/** True where the reader asks for no movement. */
export function still() {
  return globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? true;
}

/** Lets a reader save text as a file; nothing leaves the machine. */
export function save(name, text, type = "text/plain") {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function filled(node, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, each] of Object.entries(value)) node.style.setProperty(key, each);
    else if (name === "value" && "value" in node) node.value = value;
    else node.setAttribute(name, value === true ? "" : Array.isArray(value) ? value.join(" ") : String(value));
  }
  node.append(...kept(children));
  return node;
}

function kept(children) {
  return children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false)
    .map((each) => (each instanceof Node ? each : String(each).replace(CLOSED, "$&\u2060")));
}
