"""The card of a result says what was asked and how it ends under each theory, and hides nothing in its markup."""

from __future__ import annotations

from xml.etree import ElementTree

from montecarlo.helpers import run, small
from triangle_sim.analysis.summary import endings


def test_the_card_tells_the_endings_of_each_theory() -> None:
    odd = small(quarters=2).with_(title="<b>What</b> & why", question="Is 1 < 2?")
    result = run(odd, draws=6, replicates=3)
    html = result._repr_html_()
    tree = ElementTree.fromstring(html)  # every tag is closed, and nothing of the scenario's is one
    text = " ".join("".join(tree.itertext()).split())
    assert "<b>What</b> & why" in text and "Is 1 < 2?" in text and "not a forecast" in text
    heads = [head.text for head in tree.find("table/thead/tr")]
    assert heads == ["How the futures end", "if Chung", "if Lowy", "all draws"]
    shown = {row[0].text: row[1].text for row in tree.find("table/tbody")}
    for name, _, by_view in endings(result):
        if by_view["chung-2024"].value > 0:
            assert shown[name.replace("_", " ")].startswith(f"{by_view['chung-2024'].value:.0%}")


def test_a_world_without_endings_has_a_card_too() -> None:
    alone = small(quarters=1, name="baseline").with_(countries=["KOR"], events={})
    assert "<table>" not in run(alone, draws=2, replicates=2)._repr_html_()
