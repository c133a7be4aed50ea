// In a notebook: the page in a frame that can run its script and nothing else, and messages between it and Python.

function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.title = "triangle_sim: the model in a page";
  frame.sandbox = "allow-scripts allow-downloads";
  frame.style.cssText = "width: 100%; border: 1px solid #bbbbbb; background: #ffffff;";
  const fit = () => { frame.style.height = `${model.get("height")}px`; };
  let shown = "";
  const send = () => {
    const settings = model.get("settings");
    const text = JSON.stringify(settings);
    if (text === shown) return;
    shown = text;
    frame.contentWindow?.postMessage({ triangle_sim: "settings", data: settings }, "*");
  };
  const hear = ({ source, data }) => {
    if (source !== frame.contentWindow || typeof data?.triangle_sim !== "string") return;
    if (data.triangle_sim === "results") model.set("results", data.data);
    else if (data.triangle_sim === "settings" || !Object.keys(model.get("settings")).length) {
      shown = JSON.stringify(data.data);
      model.set("settings", data.data);
    } else send();
    model.save_changes();
  };
  addEventListener("message", hear);
  model.on("change:settings", send);
  model.on("change:height", fit);
  fit();
  frame.srcdoc = model.get("html");
  el.append(frame);
  return () => removeEventListener("message", hear);
}

export default { render };
