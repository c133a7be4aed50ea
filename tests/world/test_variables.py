"""State variables: their names, their ranges, and how unsure their rates and shocks are."""

import pytest

from triangle_sim.countries import countries
from triangle_sim.world.variables import STOCKS, Variable, tie, tie_variable, variables_of

EVERY = variables_of(tuple(countries()))


def test_every_pair_has_two_directed_ties() -> None:
    assert tie("RUS", "PRK") == "goodwill[RUS,PRK]"
    found = variables_of(("RUS", "PRK"))
    assert [name for name in found if name not in STOCKS] == ["goodwill[PRK,RUS]", "goodwill[RUS,PRK]"]
    pairs = len(countries()) * (len(countries()) - 1)
    assert len(EVERY) == pairs + len(STOCKS) and list(EVERY) == sorted(EVERY)
    assert "how well RUS is disposed to PRK" in EVERY["goodwill[RUS,PRK]"].meaning


def test_ties_run_from_minus_one_and_stocks_from_nought() -> None:
    for name, each in EVERY.items():
        assert (each.low, each.high) == ((0.0, 1.0) if name in STOCKS else (-1.0, 1.0)), name


@pytest.mark.parametrize("variable", [*STOCKS.values(), tie_variable("CHN", "PRK")], ids=lambda each: each.name)
def test_how_well_rates_and_shocks_are_known(variable: Variable) -> None:
    """Lognormal around what the variable says; standard deviation in the logarithm 0.8 (rates), 0.5 (shocks)."""
    rate, noise = variable.parameters()
    assert (rate.name, noise.name) == (f"rate.{variable.name}", f"noise.{variable.name}")
    for parameter, middle, width in ((rate, variable.rate, 0.8), (noise, variable.noise, 0.5)):
        assert parameter.prior.dist == "lognorm"
        assert dict(parameter.prior.arguments) == {"s": width, "scale": middle}
        assert parameter.sources == variable.sources
    assert (rate.low, rate.high, noise.low, noise.high) == (0.005, 0.95, 0.0, 0.5)


def test_a_rate_is_a_share_and_a_shock_is_small() -> None:
    """Within the bounds that cut their draws, or the prior would not be what it says."""
    for each in EVERY.values():
        assert 0.005 < each.rate < 0.5 and 0.0 < each.noise < 0.1, each.name
