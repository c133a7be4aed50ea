"""Tables of the fit: what is predicted that it has not seen, what moved, what the record says of each claim."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pandas as pd
from blocks import table
from registry import code, made

from triangle_sim.cli.calibrating import answer_of

DATA = Path(__file__).parent / "data"
FIT, ABLATION = (json.loads((DATA / f"{name}.json").read_text(encoding="utf-8")) for name in ("fit", "ablation"))


@made("fit holdout")
def fit_holdout() -> str:
    """Each test that leaves a part of the record out."""
    rows = []
    for row in FIT["holdout"]:
        first = (row["sizes"], row["theory"]) == ("record", "both")
        ratio = f"{row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        rows.append((row["test"] if first else "", f"{row['from']}-{str(row['to'])[2:]}" if first else "", row["sizes"],
                     row["theory"], f"{row['crps']:.3f}", f"{row['random_walk']:.3f}", ratio, f"{row['held_50']:.0%}",
                     f"{row['held_90']:.0%}"))  # fmt: skip
    heads = (
        "test",
        "predicted",
        "sizes",
        "theory",
        "CRPS",
        "random walk",
        "ratio",
        "in 50% bands",
        "in 90% bands",
    )
    return table(heads, rows)


@made("fit sizes")
def fit_sizes() -> str:
    """The numbers that moved most under each theory."""
    sizes = pd.DataFrame(FIT["sizes"])
    sizes["shift"] = (sizes.fitted - sizes.prior) / sizes.prior_sd
    sizes = sizes.reindex(sizes["shift"].abs().sort_values(ascending=False, kind="stable").index)
    rows = [
        (code(r["parameter"]), r["theory"], f"{r['prior']:.3g}", f"{r['fitted']:.3g} +/- {r['fitted_sd']:.2g}",
         f"{r['shift']:+.1f}", r["sources"])
        for r in sizes.head(30).to_dict("records")
    ]  # fmt: skip
    return table(("number", "theory", "before", "fitted", "in prior sd", "rests on"), rows)


@made("fit claims")
def fit_claims() -> str:
    """What the record says of each claim that sizes rest on."""
    claims = pd.DataFrame(FIT["claims"])
    claims = claims[claims.claim.str.match(r"[AB]\d+$|H\d+$")]
    rows = []
    order = sorted(claims.claim.unique(), key=lambda name: (name[0], int(name[1:])))
    for claim in order:
        each = claims[claims.claim == claim].set_index("theory")
        if set(each["record_speaks"]) == {"nothing"}:
            continue
        words = []
        for _, row in each.iterrows():
            most = f"{code(row['most'])} {row['shift']:+.1f}"
            words.append(f"{row['record_speaks']} ({most})" if row["record_speaks"] != "nothing" else "nothing")
        rows.append((claim, int(each["numbers"].iloc[0]), *words))
    return table(("claim", "numbers", *claims.theory.unique()), rows)


@made("fit ablation")
def fit_ablation() -> str:
    """What each test loses without a mechanism, means over theories."""
    found = pd.DataFrame(ABLATION["rows"]).groupby(["without", "test"], sort=False)[["crps", "log"]].mean()
    whole = found.loc["the whole model"]
    rows = []
    for what in found.index.unique("without"):
        each = found.loc[what]
        if what == "the whole model":
            cells = [f"{row.crps:.3f}, {row.log:.2f}" for row in each.itertuples()]
        else:
            lost = each - whole
            cells = [f"{row.crps:+.3f}, {row.log:+.2f}" for row in lost.itertuples()]
        rows.append((what, *cells))
    tests = [str(name).removeprefix("forward: fitted to all eras to 2019, ") for name in whole.index]
    return table(("without", *tests), rows)


@made("fit favours")
def fit_favours() -> str:
    """Which theory predicts better what was left out: over all dyads, and the dyads in which one does."""
    rows = []
    for row in FIT["favours"]:
        if row["dyad"] == "all" or row["favours"] != "neither":
            between = f"{row['difference']:+.3f} ({row['low']:+.3f} to {row['high']:+.3f})"
            rows.append((row["test"], row["dyad"], between, row["favours"]))
    one, other = FIT["favours"][0]["theory"], FIT["favours"][0]["other"]
    return table(("test", "dyad", f"CRPS of {one} less {other}", "favours"), rows)


@made("fit answer")
def fit_answer() -> str:
    """The answer in words, as `calibrate --holdout` says it."""
    return textwrap.fill(answer_of(pd.DataFrame(FIT["holdout"])), 118)
