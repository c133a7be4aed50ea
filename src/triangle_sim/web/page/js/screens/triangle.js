export const id = "triangle";

export function mount(root, ctx) {
  root.append(ctx.el("h1", {}, ctx.t("frame.screens.triangle")));
}
