"""Signs to watch: what, seen within a year, tells how a future will end.

Half of the draws choose the signs, the other half say how good they are: what is chosen by a sample looks better in
that sample than it is. Futures of one draw share what is not known, so halves are halves of draws, and intervals are
over draws (bootstrap percentiles).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.intervals import LEVEL, resamples, share_true
from triangle_sim.analysis.signs.sightings import YEAR, Sight, Sightings, look
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.tables import ALL
from triangle_sim.names import did_you_mean
from triangle_sim.outcomes.end_state import ENDINGS
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario

TIMES = (1, 2, 3)
"""How often a thing is seen at least, to be a sign."""
RAREST = 0.02
"""A sign that is seen, or missed, in fewer futures is not offered; an ending in fewer than half as many is too rare."""
TOO_ALIKE = 0.9
"""Of two signs that go together so closely, as one winner's and the other's loss, the better one is offered."""
RESAMPLES, SEED = 1000, 20240813

Truth = NDArray[np.bool_]
COLUMNS = ["ending", "sign", "words", "theory", "base", "then", "then_low", "then_high", "gain", "gain_low",
           "gain_high", "hits", "false_alarms", "seen_in", "lead", "already", "holds"]  # fmt: skip
"""Of the table: ``then`` is the share of futures with the sign that end so, ``base`` of all, ``gain`` their difference;
``hits`` and ``false_alarms`` the shares of futures with the ending, and without it, that show the sign; ``lead`` the
median quarters from the sign to when the future looks like its ending for good, where that comes later, ``already``
the share where it came before."""


@dataclass(frozen=True)
class Sign:
    """A sight seen at least so many ``times`` within the time, or, with 0, not once."""

    sight: Sight
    row: int
    times: int

    @property
    def name(self) -> str:
        """As tables hold it: ``us_prk_summit``, ``RUS court_pyongyang x2``, ``no PRK test_missile``."""
        if not self.times:
            return f"no {self.sight.name}"
        return self.sight.name if self.times == 1 else f"{self.sight.name} x{self.times}"

    @property
    def words(self) -> str:
        """In words, for a reader."""
        often = {0: " - not once", 1: ""}.get(self.times, f" - {self.times} quarters or more")
        return f"{self.sight.words}{often}"

    def shown(self, at: Sightings) -> Truth:
        """In which futures it is seen ``(runs,)``."""
        last = at.counts[self.row, -1]
        return np.asarray(last >= self.times if self.times else last == 0)

    def quarter(self, at: Sightings) -> NDArray[np.int64]:
        """By the end of which quarter it is seen ``(runs,)``; of what is not seen, by the last that is looked at."""
        if not self.times:
            return np.full(at.draw.size, at.counts.shape[1])
        return np.asarray((at.counts[self.row] < self.times).sum(axis=0) + 1)


@dataclass(frozen=True, eq=False)
class Signs:
    """Signs of each ending, chosen on half of the draws and held against the other half.

    ``table`` has a row for each ending, sign and theory (:data:`COLUMNS`); ``base`` the share of each ending, over all
    futures held out, and ``start`` that of futures whose start looks like it; ``skill`` how much of the Brier score of
    the base rate goes when everything in sight is weighed together, NaN where scikit-learn is missing.
    """

    scenario: Scenario
    within: int
    draws: int
    replicates: int
    seed: int
    table: pd.DataFrame
    base: dict[str, float]
    start: dict[str, float]
    skill: dict[str, float]
    rare: tuple[str, ...]

    def of(self, ending: str, theory: str = ALL) -> pd.DataFrame:
        """The signs of an ending under a theory, the best first."""
        return self.table[(self.table["ending"] == ending) & (self.table["theory"] == theory)]

    def __repr__(self) -> str:
        from triangle_sim.analysis import page
        from triangle_sim.analysis.signs import words as signs_words

        return page.text(signs_words.page(self))

    def _repr_markdown_(self) -> str:
        from triangle_sim.analysis import page
        from triangle_sim.analysis.signs import words as signs_words

        return page.markdown(signs_words.page(self))


def signs(
    scenario: Scenario | str,
    *,
    within: int = YEAR,
    ending: str | None = None,
    top: int = 5,
    draws: int = 1000,
    replicates: int = 10,
    seed: int | None = None,
    backend: str = "auto",
) -> Signs:
    """What within ``within`` quarters tells each ending of a scenario apart, or only one.

    Raises
    ------
    UsageError
        for an ending that there is not, a world without one of the four countries that endings are about, or a time
        that leaves nothing to be foreseen.
    """
    loaded = load(scenario) if isinstance(scenario, str) else scenario
    if ending is not None and ending not in ENDINGS:
        raise UsageError(f"unknown ending '{ending}'", did_you_mean(ending, ENDINGS, "endings"))
    if missing := {"CHN", "PRK", "RUS", "USA"} - set(loaded.countries):
        raise UsageError(f"{loaded.name} is without {', '.join(sorted(missing))}", "endings are about all four")
    if not 1 <= within <= loaded.quarters - YEAR:
        last = max(loaded.quarters - YEAR, 0)
        raise UsageError(f"within {within} quarters: endings of {loaded.name} are read off its last {YEAR} of "
                         f"{loaded.quarters}", f"give 1 to {last}")  # fmt: skip
    if draws < 4:
        raise UsageError(f"{draws} draws: half of them choose signs, half test them", "give at least 4")
    seed = loaded.seed if seed is None else seed
    at = look(loaded, within, draws=draws, replicates=replicates, seed=seed, backend=backend)
    choosing = at.draw % 2 == 0
    rows: list[dict[str, Any]] = []
    base, start, skill, rare = {}, {}, {}, []
    for code, name in enumerate(ENDINGS):
        so = at.ending == code
        base[name], start[name] = float(so[~choosing].mean()), float((at.start == code).mean())
        if ending not in (None, name):
            continue
        if so[choosing].mean() < RAREST / 2 or not so[~choosing].any():
            rare.append(name)
            continue
        for sign in chosen(at, so, choosing, top):
            rows += [{"ending": name, **row} for row in measured(at, sign, so, ~choosing)]
        skill[name] = together(at, so, choosing)
    table = pd.DataFrame(rows, columns=COLUMNS)
    return Signs(loaded, within, draws, replicates, seed, table, base, start, skill, tuple(rare))


def chosen(at: Sightings, so: Truth, where: Truth, top: int) -> list[Sign]:
    """The signs that tell an ending apart best ``where`` they are chosen: by hits less false alarms, one a sight."""
    found = []
    for row, sight in enumerate(at.sights):
        best: tuple[float, Sign] | None = None
        for times in TIMES:
            shown = at.counts[row, -1, where] >= times
            if not RAREST <= shown.mean() <= 1 - RAREST:
                continue
            apart = float(shown[so[where]].mean() - shown[~so[where]].mean())
            if apart < 0 and times > 1:  # seen seldom: "not once" says it more plainly than "not twice"
                continue
            if best is None or abs(apart) > best[0]:
                best = (abs(apart), Sign(sight, row, times if apart > 0 else 0))
        if best is not None:
            found.append(best)
    found.sort(key=lambda each: (-each[0], each[1].name))
    kept: list[tuple[Sign, Truth]] = []
    for _, sign in found:
        shown = sign.shown(at)[where]
        if len(kept) < top and all(abs(np.corrcoef(shown, other)[0, 1]) < TOO_ALIKE for _, other in kept):
            kept.append((sign, shown))
    return [sign for sign, _ in kept]


def measured(at: Sightings, sign: Sign, so: Truth, where: Truth) -> list[dict[str, Any]]:
    """How good a sign is ``where`` it was not chosen: a row for all draws, and one a theory."""
    shown, quarter = sign.shown(at), sign.quarter(at)
    rows = []
    for theory in (ALL, *sorted(set(at.theory[where].tolist()))):
        here = where & (at.theory == theory) if theory != ALL else where
        _, draw = np.unique(at.draw[here], return_inverse=True)
        size = int(draw.max()) + 1
        sums = np.stack([np.bincount(draw, values[here], size) for values in (so & shown, shown, so, np.ones(so.size))])
        weights = resamples(size, SEED, RESAMPLES)
        then, gain = _rates(sums.sum(axis=1))
        many = np.array([_rates(each) for each in weights @ sums.T])
        many = many[~np.isnan(many).any(axis=1)]  # resamples in which nobody shows the sign say nothing of it
        none = np.full(2, np.nan)
        low, high = np.quantile(many, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0) if len(many) else (none, none)
        both = here & so & shown
        ahead = (at.settled - quarter)[both]
        rows.append({
            "sign": sign.name, "words": sign.words, "theory": theory, "base": sums[2].sum() / sums[3].sum(),
            "then": then, "then_low": low[0], "then_high": high[0],
            "gain": gain, "gain_low": low[1], "gain_high": high[1],
            "hits": share_true(shown[here & so]), "false_alarms": share_true(shown[here & ~so]),
            "seen_in": share_true(shown[here]),
            "lead": float(np.median(ahead[ahead > 0])) if (ahead > 0).any() else np.nan,
            "already": share_true(ahead <= 0), "holds": bool(low[1] > 0),
        })  # fmt: skip
    return rows


def _rates(sums: Any) -> tuple[float, float]:
    """From how many futures show the sign and end so, show it, end so, and are: the share that ends so if it is shown,
    and how much that is above the share of all."""
    both, shown, so, runs = sums
    then = both / shown if shown else np.nan
    return then, then - so / runs


def together(at: Sightings, so: Truth, choosing: Truth) -> float:
    """Brier skill on the draws held out, against the base rate, of a logistic regression on everything in sight."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return float("nan")
    seen = np.minimum(at.counts[:, -1], TIMES[-1]).T.astype(float)
    fit = LogisticRegression(C=0.1, max_iter=2000).fit(seen[choosing], so[choosing])
    chance = fit.predict_proba(seen[~choosing])[:, 1]
    base = np.mean((so[choosing].mean() - so[~choosing]) ** 2)
    return float(1.0 - np.mean((chance - so[~choosing]) ** 2) / base)
