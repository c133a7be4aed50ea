// Starts the page: makes an address of each module, in the order in which they need one another, and imports the last.
(async () => {
  "use strict";
  const addresses = {};
  try {
    for (const [name, text] of JSON.parse(document.getElementById("modules").textContent)) {
      const linked = text.replace(/"module:([^"]+)"/g, (_, wanted) => JSON.stringify(addresses[wanted]));
      addresses[name] = URL.createObjectURL(new Blob([linked], { type: "text/javascript" }));
    }
    const page = await import(addresses["main.js"]);
    await page.start(JSON.parse(document.getElementById("pack").textContent));
  } catch (error) {
    const wait = document.getElementById("wait") || document.getElementById("notice");
    wait.hidden = false;
    wait.className = "warning";
    wait.textContent = "This page could not start here. A present Chrome, Edge, Firefox or Safari opens it. (" + error + ")";
    throw error;
  }
})();
