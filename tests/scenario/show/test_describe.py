"""A scenario in plain words."""

from __future__ import annotations

from scenario.fake import CATALOGUE
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.describe import describe


def test_it_is_told_in_plain_words(one: Scenario) -> None:
    assert (
        describe(one, CATALOGUE)
        == """\
One
Question: What if?

From the start of 2024Q3 to the end of 2029Q2 (20 quarters), world of 2024Q3.
Countries: China (CHN), South Korea (KOR), North Korea (PRK), Russia (RUS), the United States (USA).
Theory: chung-2024 in 50% of the draws, lowy-2023 in 50% of the draws.
Sizes: fitted to the record, but for what this scenario sets or gives a prior.

Environment:
  ukraine_war = 0.8  (intensity of the war in Ukraine)

Held whatever happens:
  sino_russian_rivalry = 0  (rivalry of Beijing and Moscow)

Priors:
  rationality.PRK: norm(loc=10, scale=1)  (how closely it follows payoffs)
  weight.PRK.supply: 0.3, fixed  (how much Pyongyang wants supply)

What may happen:
  yes: in 2025Q1; odds 0.5 that it can; then for good us_deal_appetite +0.5
  talks: once us_prk_dialogue is above 0.6 for 2 quarters; at once chinese_supply +0.1
  The war ends: with a chance of 0.05 in each quarter from 2025Q1; then for good ukraine_war -0.6
  At most one of yes  (who wins).

How they decide:
  the others: quantal (depth 2)
  North Korea: scripted (depth 2; script court_moscow, hold; then choose)
  North Korea cannot play test_nuclear_weapon.

Design: 500 draws x 20 replicates = 10,000 runs, seed 1."""
    )


def test_what_answers_the_question_is_told(one: Scenario) -> None:
    asked = [
        {"asks": "Does he?", "outcome": "us_prk_summit", "expected": "more"},
        {"meeting": "us_prk_summit", "after": "us_rus_deal"},
    ]
    told = describe(one.with_(answers=asked, reference="baseline"), CATALOGUE).splitlines()
    assert told[1:5] == [
        "Question: What if?",
        "  Does he? (us_prk_summit, more of it expected)",
        "  Answered by: meeting us_prk_summit after us_rus_deal",
        "Compared with: baseline.",
    ]
