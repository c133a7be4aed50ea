"""What the page says of many futures is what the analysis says of the same runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit

from triangle_sim.analysis.by_draw import add_up
from triangle_sim.analysis.counting import category_shares
from triangle_sim.analysis.intervals import Estimate, mean_of, share_of
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.compute import futures
from triangle_sim.montecarlo.occurrences import MEETINGS, occurrence
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS, at_start
from triangle_sim.scenario.load import load
from triangle_sim.triangle.typology import ROLES, TYPES
from triangle_sim.world import CONDITIONS
from web.engine.conftest import START
from web.node import in_node, needs_node

pytestmark = needs_node

MET = [f"met {one} after {other}" if one != other else f"met {one}" for one in MEETINGS for other in MEETINGS]
VARIABLES = ["goodwill[PRK,RUS]", "us_prk_dialogue", "ukraine_war"]
POOL = """
    const { Pool } = await module("pool.js");
    const pool = await Pool.make(pack);
"""


def assert_close(got: dict[str, float | None], wanted: Estimate) -> None:
    """Shares and means to rounding, intervals to 1e-9; JSON has nothing for what is missing."""
    assert got["value"] == pytest.approx(wanted.value, abs=1e-12)
    for end in ("low", "high"):
        number = getattr(wanted, end)
        assert got[end] is None if np.isnan(number) else got[end] == pytest.approx(number, abs=1e-9)


@pytest.fixture(scope="module")
def summaries(baseline_pack: Path) -> Any:
    """Of 500 draws twice, after once, and of one theory's among them."""
    script = """
        await pool.futures({}, 500, { variables: given.variables }); // the second replicate is added to the first
        out = [await pool.futures({}, 1000, { variables: given.variables }),
               await pool.futures({ theory: "chung-2024" }, 1000, { variables: given.variables })];
        const { asked } = await module("meetings.js");
        const told = ({ met }) => given.met.map(asked).map(({ meeting, after }) => met(meeting, after));
        const groups = out.flatMap(({ all, theories }) => [all, ...Object.values(theories)]);
        for (const group of groups) group.met = told(group);
        pool.close();
    """
    return in_node(START + POOL + script, {"pack": str(baseline_pack), "variables": VARIABLES, "met": MET})


def test_a_summary_is_that_of_the_run(summaries: Any) -> None:
    got, draws, replicates = summaries[0], np.arange(1000) // 2, np.arange(1000) % 2
    t = futures(prepared_for(load("baseline")), 1, draws, replicates, "numpy", "double", None, ())
    numbers = [name for name, each in OUTCOMES.items() if not each.twin and not each.categories]
    table = pd.DataFrame({"draw": draws, "theory": t.theory, "end_state": OUTCOMES["end_state"].of(t)})
    table["start"] = np.asarray(ENDINGS, object)[at_start(t)]
    for name in numbers:
        table[name] = OUTCOMES[name].of(t)
    sums = add_up([table], ["end_state", "start", *numbers], 500)
    assert (got["n"], got["draws"], got["replicates"]) == (1000, 500, 2)
    assert list(got["theories"]) == sums.theories
    for theory, group in [(None, got["all"]), *got["theories"].items()]:
        chosen = sums.of(theory)
        assert group["n"] == 2 * chosen.sum()
        for mine, column in (("endings", "end_state"), ("start", "start")):
            for name, share in category_shares(sums, column, ENDINGS, theory).items():
                assert_close(group[mine][name], share)
        assert sorted(group["outcomes"]) == sorted(numbers)
        for name in numbers:
            means = sums.numbers[name].means()[chosen]
            wanted = share_of(means, group["n"]) if OUTCOMES[name].kind == "truth" else mean_of(means)
            assert_close(group["outcomes"][name], wanted)
        some = t if theory is None else t.of(theory)
        for name, share in zip(MET, group["met"], strict=True):
            assert_close(share, share_of(occurrence(some, name).reshape(-1, 2).mean(axis=1), some.runs))
        _fans(group["fan"], some)
        for mine, names, codes in (
            ("types", TYPES, some.triangles.types_of("CHN", "PRK", "RUS")),
            ("roles", ROLES, some.triangles.roles_of("PRK", "CHN", "RUS")),
        ):
            for quarter, shares in enumerate(group[mine]):
                assert shares == pytest.approx({name: np.mean(codes[quarter] == k) for k, name in enumerate(names)})


def _fans(got: dict[str, Any], t: Any) -> None:
    """Quantiles are counted in bins of 1/512 of a range: they lie within one of NumPy's."""
    for name in VARIABLES:
        about = t.prepared.variables.get(name) or CONDITIONS[name]
        width = (about.high - about.low) / 512
        wanted = np.quantile(t[name], (0.05, 0.25, 0.5, 0.75, 0.95), axis=1).T
        found = np.asarray([[each[q] for q in ("q05", "q25", "q50", "q75", "q95")] for each in got[name]])
        np.testing.assert_allclose(found, wanted, rtol=0, atol=2 * width)


def test_requests_end_one_another_lane_by_lane_and_need_no_worker(played: Any) -> None:
    got = played(POOL + """
        const marks = [];
        const ended = (promise) => promise.then((summary) => summary.n, (error) => error.name);
        const old = ended(pool.futures({}, 10000));
        const beside = ended(pool.futures({}, 500, { lane: "beside" }));
        const new_ = ended(pool.futures({}, 1500, { part: (summary) => marks.push(summary.n) }));
        const stop = new AbortController();
        const stopped = ended(pool.futures({}, 10000, { lane: "third", signal: stop.signal }));
        stop.abort();
        const late = ended(pool.futures({}, 10000, { lane: "fourth", signal: stop.signal }));
        out = [await old, await beside, await new_, await stopped, await late, marks, pool.threads];
        pool.close();
        globalThis.Worker = class {
          postMessage() { setTimeout(() => this.onerror({ message: "refused" })); }
          terminate() {}
        };
        const other = await Pool.make(pack, { threads: 2 });
        out.push((await other.futures({}, 20)).n, other.threads);
        const waiting = other.futures({}, 10000).catch((error) => error.message);
        other.fail("out of memory");
        out.push(await waiting, await other.futures({}, 20).catch((error) => error.message));
        other.close();
    """)  # fmt: skip
    assert got[:-2] == ["AbortError", 500, 1500, "AbortError", "AbortError", [500, 1000], 1, 20, 1]
    assert got[-2:] == ["the model stopped (out of memory); load this page again"] * 2


def test_a_theory_alone_is_that_theory_of_both(summaries: Any) -> None:
    both, one = summaries
    assert one["all"] == both["theories"]["chung-2024"] == one["theories"]["chung-2024"]
    assert list(one["theories"]) == ["chung-2024"]


def test_students_t_is_that_of_scipy() -> None:
    degrees = [1, 2, 3, 4, 5, 10, 19, 99, 249, 499, 999, 1999, 9999]
    script = 'const { student } = await module("intervals.js"); out = given.map(student);'
    np.testing.assert_allclose(in_node(script, degrees), stdtrit(degrees, 0.975), rtol=1e-10)
