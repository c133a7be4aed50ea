// What a browser must have, and what plays the futures, made of the pack.

import { Engine } from "./engine.js";

const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/** What this browser lacks, as keys of `frame.lacks`; empty where the page can work. */
export function lacking() {
  const out = [];
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(new Uint8Array(SIMD))) out.push("simd");
  if (typeof DecompressionStream !== "function") out.push("gzip");
  return out;
}

/**
 * The engine on this page and the pool of its workers.
 * @param {Object} pack
 */
export async function ready(pack) {
  return { engine: await Engine.make(pack), pool: null };
}
