// What a browser must have, and what plays the futures, made of what the page holds.

import { Engine, unzipped } from "./engine.js";
import { Pool } from "./pool.js";

const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1,
  8, 0, 65, 0, 253, 15, 253, 98, 11];

/** What this browser lacks, by name; empty where the page can work. */
export function lacking() {
  const out = [];
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(new Uint8Array(SIMD))) out.push("WebAssembly SIMD");
  if (typeof DecompressionStream !== "function") out.push("DecompressionStream");
  return out;
}

/**
 * The pack of a page: {engine, about, words}.
 * @param {{rest: string, values: string, wasm: string}} packed as the file holds it
 */
export async function opened({ rest, ...binary }) {
  const pack = JSON.parse(new TextDecoder().decode(await unzipped(rest)));
  Object.assign(pack.engine, binary);
  return pack;
}

/**
 * The engine on this page and the pool of its workers.
 * @param {Object} pack
 */
export async function ready(pack) {
  const [engine, pool] = await Promise.all([Engine.make(pack), Pool.make(pack)]);
  return { engine, pool };
}
