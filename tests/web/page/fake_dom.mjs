// As much of a document as a drawing needs: elements with attributes and children, to be looked through by a test.

class Element {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [], listeners: {} });
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }

  appendChild(child) {
    this.children.push(child);
    return child;
  }

  addEventListener(name, heard) {
    this.listeners[name] = heard;
  }

  /** All elements inside with this tag and, if given, this attribute. */
  all(tag, attribute = null) {
    const inside = this.children.filter((child) => child instanceof Element);
    const below = inside.flatMap((child) => child.all(tag, attribute));
    const fits = this.tag === tag && (attribute === null || attribute in this.attributes);
    return fits ? [this, ...below] : below;
  }

  get text() {
    return this.children.map((child) => (typeof child === "string" ? child : child.text)).join("");
  }

  number(name) {
    return Number(this.attributes[name]);
  }
}

globalThis.document = {
  createElementNS: (_, tag) => new Element(tag),
  createTextNode: (text) => String(text),
};
