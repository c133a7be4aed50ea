export const id = "how";

export function mount(root, ctx) {
  root.append(ctx.el("h1", {}, ctx.t("frame.screens.how")));
}
