"""The model under Mesa's own SolaraViz: sliders, one quarter a step, two charts.

An example for who knows Mesa, and no part of the package: teaching goes by `triangle-sim app` and needs none of this.
SolaraViz of Mesa 3.3 to 3.5 needs Solara, and Solara needs the Vue 2 front end of ipyvuetify 1:

    python3 -m venv viz
    viz/bin/pip install -e . "mesa[rec]>=3.3,<4" "ipyvuetify<2" solara-assets
    viz/bin/solara run examples/solara_viz.py --host localhost

`solara-assets` holds the scripts and fonts that Solara otherwise loads from a public server. One server shows one model
to everybody who opens its address.
"""

from __future__ import annotations

from typing import Any

from mesa.visualization import Slider, SolaraViz, make_plot_component

from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.plots.style import COUNTRY_COLOUR

TIES = {f"goodwill[{code},PRK]": COUNTRY_COLOUR[code] for code in ("CHN", "RUS", "USA")}
SUPPLY = {
    "chinese_supply": COUNTRY_COLOUR["CHN"],
    "russian_supply": COUNTRY_COLOUR["RUS"],
    "arms_to_russia": COUNTRY_COLOUR["PRK"],
}


# --8<-- [start:model]
class Triangle(TriangleModel):  # type: ignore[misc]
    """The baseline with two conditions held, as SolaraViz passes a slider's value: one keyword each."""

    def __init__(self, seed: int | str = 1, ukraine_war: float = 0.9, sino_russian_rivalry: float = 0.1) -> None:
        pin = {"ukraine_war": ukraine_war, "sino_russian_rivalry": sino_russian_rivalry}
        super().__init__("baseline", seed=int(seed), pin=pin)


# --8<-- [end:model]
def levels(title: str, low: float) -> Any:
    """What a chart needs after it is drawn: a title and the whole scale."""

    def finish(axes: Any) -> None:
        axes.set(title=title, ylim=(low, 1), xlim=(0, 19))

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
