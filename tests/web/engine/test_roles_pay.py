"""What the pivot gets, as the page says it, is what Python's trajectories say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.web.node import needs_node

from triangle_sim.analysis.intervals import mean_of
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.scenario.load import load
from triangle_sim.triangle.typology import ROLES

pytestmark = needs_node

DRAWS, REPLICATES = 64, 3


def test_what_a_role_pays_is_measured_as_python_would(played: Any) -> None:
    got = played(
        """
        const { rolesPay } = await module("roles_pay.js");
        out = rolesPay(engine.run({}, given));
        """,
        draws=DRAWS,
        replicates=REPLICATES,
    )
    draw, replicate = np.divmod(np.arange(DRAWS * REPLICATES), REPLICATES)
    t = simulate(load("baseline"), 1, draw, replicate)
    both = np.minimum(t["chinese_supply"][1:], t["russian_supply"][1:])
    together = t["chinese_supply"][1:] + t["russian_supply"][1:]
    roles = t.triangles.roles_of("PRK", "CHN", "RUS")[1:]
    for code, others in (("CHN", ("PRK", "RUS")), ("PRK", ("CHN", "RUS")), ("RUS", ("CHN", "PRK"))):
        share = np.mean(t.triangles.roles_of(code, *others)[1:] == ROLES.index("pivot"))
        assert got["pivots"][code]["value"] == pytest.approx(share)
    for name in ("friend", "pivot", "none"):
        here = roles == ROLES.index(name)
        assert got["roles"][name]["share"]["value"] == pytest.approx(here.mean())
        by_draw = [both[:, draw == d][here[:, draw == d]] for d in range(DRAWS)]
        wanted = mean_of(np.array([each.mean() for each in by_draw if each.size]))
        found = got["roles"][name]["both"]
        ends = (wanted.value, wanted.low, wanted.high)
        assert (found["value"], found["low"], found["high"]) == pytest.approx(ends)
    pivot = roles == ROLES.index("pivot")
    gains = [
        each[:, draw == d][pivot[:, draw == d]].mean() - each[:, draw == d][~pivot[:, draw == d]].mean()
        for each in (both, together)
        for d in range(DRAWS)
        if pivot[:, draw == d].any()
    ]
    half = len(gains) // 2
    assert got["gain"]["both"]["value"] == pytest.approx(np.mean(gains[:half]))
    assert got["gain"]["all"]["value"] == pytest.approx(np.mean(gains[half:]))
