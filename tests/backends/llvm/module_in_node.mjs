// Runs a program for WebAssembly on a block of memory that Python has laid out, and hands the block back.
// node module_in_node.mjs REQUEST: a JSON file {wasm, block, call, addresses, runs, worlds, room, end, times}, all places in bytes
// from the beginning of the block. Words at `addresses` are such places too; they become addresses.
import { readFileSync, writeFileSync } from "node:fs";

const request = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { instance } = await WebAssembly.instantiate(readFileSync(request.wasm));
const { memory, __heap_base: heap, ...functions } = instance.exports;
const block = readFileSync(request.block);
const base = Math.ceil(heap.value / 64) * 64;
memory.grow(Math.max(0, Math.ceil((base + block.length - memory.buffer.byteLength) / 65536)));
new Uint8Array(memory.buffer, base, block.length).set(block);
const view = new DataView(memory.buffer, base, block.length);
for (const place of request.addresses) view.setUint32(place, view.getUint32(place, true) + base, true);

const seconds = [];
for (let k = 0; k < request.times; k++) {
  const start = performance.now();
  functions[request.call](base + request.runs, base + request.worlds, base + request.room, 0n, BigInt(request.end));
  seconds.push((performance.now() - start) / 1000);
}
writeFileSync(request.block, new Uint8Array(memory.buffer, base, block.length));
console.log(JSON.stringify(seconds));
