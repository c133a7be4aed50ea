"""The model under Mesa's own SolaraViz: sliders, one quarter a step, two charts.

An example for who knows Mesa, and no part of the package: teaching goes by `triangle-sim app` and needs none of this.
SolaraViz of Mesa 3.3 to 3.5 needs Solara, and Solara needs the Vue 2 front end of ipyvuetify 1:

    python3 -m venv viz
    viz/bin/pip install triangle-sim "mesa[rec]>=3.3,<4" "ipyvuetify<2"
    viz/bin/solara run examples/solara_viz.py --host localhost

In a checkout write `-e .` for `triangle-sim`. The page loads Solara's scripts and fonts from a public server unless
`solara-assets` is installed too. One server shows one model to everybody who opens it.
"""

from __future__ import annotations

from typing import Any

from mesa.visualization import Slider, SolaraViz, make_plot_component

from triangle_sim.model.triangle_model import TriangleModel

TIES = {
    "goodwill[CHN,PRK]": "#D55E00",
    "goodwill[RUS,PRK]": "#0072B2",
    "goodwill[USA,PRK]": "#009E73",
}
SUPPLY = {"chinese_supply": "#D55E00", "russian_supply": "#0072B2", "arms_to_russia": "#000000"}


class Triangle(TriangleModel):  # type: ignore[misc]
    """The baseline with two conditions held, as SolaraViz passes a slider's value: one keyword each."""

    def __init__(self, seed: int = 1, ukraine_war: float = 0.9, sino_russian_rivalry: float = 0.1) -> None:
        pin = {"ukraine_war": ukraine_war, "sino_russian_rivalry": sino_russian_rivalry}
        super().__init__("baseline", seed=seed, pin=pin)


def levels(title: str, low: float) -> Any:
    """What a chart needs after it is drawn: a title, the whole scale, quarters from 1."""

    def finish(axes: Any) -> None:
        axes.set(title=title, ylim=(low, 1), xlabel="quarter", xlim=(0, 19))

    return finish


def last_moves(model: Triangle) -> Any:
    """What each country has just done."""
    import solara

    acts = [f"- **{each.label}**: {each.move_name.replace('_', ' ')}" for each in model.countries if each.move_name]
    return solara.Markdown(f"### Quarter {model.quarter}\n\n" + "\n".join(acts or ["Press *step*."]))


page = SolaraViz(
    Triangle(),
    components=[
        make_plot_component(TIES, post_process=levels("How warm are the great powers to North Korea?", -1)),
        make_plot_component(SUPPLY, post_process=levels("What comes in, what goes out?", 0)),
        last_moves,
    ],
    model_params={
        "seed": {"type": "InputText", "value": 1, "label": "Seed"},
        "ukraine_war": Slider("War in Ukraine", value=0.9, min=0.0, max=1.0, step=0.1),
        "sino_russian_rivalry": Slider("Rivalry of Beijing and Moscow", value=0.1, min=0.0, max=1.0, step=0.1),
    },
    name="North Korea between three powers: a model, not a forecast",
)
page  # noqa: B018  (Solara shows the value of this name)
