// Workers of this page. Their script lies in the page as text, since a file opened from a disk may load no other.

let address = null;

/** A new worker that runs worker.js; the caller ends it. */
export function newWorker() {
  const text = JSON.parse(document.getElementById("worker").textContent);
  address ??= URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return new Worker(address);
}
