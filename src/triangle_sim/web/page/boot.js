// Before the page's own script: says in plain words when that cannot be read or run, as by an old browser.
window.addEventListener("error", failed);
window.addEventListener("unhandledrejection", failed);
function failed(event) {
  var wait = document.getElementById("wait");
  if (!wait) return; // the page has started: what goes wrong later is its own business
  var why = event.reason || event.message || "";
  wait.className = "warning";
  wait.textContent = wait.getAttribute("data-cannot") + " (" + why + ")";
}
