"""Whatever a link or a slider says: it is played, or one clear error says why not."""

from __future__ import annotations

from typing import Any

from web.node import needs_node

pytestmark = needs_node

WRONG: list[tuple[Any, str]] = [
    ("nonsense", "settings must map names to values"),
    ([1, 2], "settings must map names to values, not be a list"),
    ({"wether": {}}, 'unknown setting "wether"; there are: conditions, odds'),
    ({"conditions": {"ukraine_wa": 1}}, 'unknown condition "ukraine_wa"; there are: border_closed,'),
    ({"conditions": {"ukraine_war": 1.5}}, "ukraine_war must be a number from 0 to 1, not 1.5"),
    ({"conditions": {"ukraine_war": "NaN"}}, 'ukraine_war must be a number from 0 to 1, not "NaN"'),
    ({"conditions": {"ukraine_war": None}}, "ukraine_war must be a number from 0 to 1"),
    ({"odds": {"trump_elected": -0.1}}, "the probability of trump_elected must be a number from 0 to 1"),
    ({"odds": {"trump_elected": 0.9}}, "exclude each other, but their odds sum to 1.4"),
    ({"odds": {"__proto__x": 1}}, 'unknown event "__proto__x"'),
    ({"dates": {"ukraine_war_ends": 3}}, "ukraine_war_ends has no date"),
    ({"dates": {"trump_elected": 20}}, "the quarter of trump_elected must be a whole number from 0 to 19, not 20"),
    ({"dates": {"trump_elected": 1.5}}, "must be a whole number"),
    ({"hazards": {"trump_elected": 0.1}}, "trump_elected has no chance a quarter"),
    ({"hazards": {"ukraine_war_ends": 2}}, "the chance a quarter of ukraine_war_ends must be a number from 0 to 1"),
    ({"theory": "marx"}, 'unknown theory "marx"; there are: chung-2024, lowy-2023'),
    ({"seats": {"JPN": ["hold"]}}, 'unknown country "JPN"'),
    ({"seats": {"PRK": "hold"}}, "the seat of PRK must be a list of moves"),
    ({"seats": {"PRK": ["surrender"]}}, 'unknown move of PRK "surrender"; there are: court_beijing'),
    ({"seats": {"PRK": ["hold"] * 21}}, "the seat of PRK has more moves than 20 quarters"),
    ({"seats": {"PRK": [3]}}, "unknown move of PRK 3"),
    ({"conditions": 3}, "conditions must map names to values, not be 3"),
    ({"odds": {"x" * 500: 1}}, "unknown event"),
]


def test_nonsense_is_one_clear_error(played: Any) -> None:
    got = played(
        """
        const { Pool } = await module("pool.js");
        const pool = await Pool.make(pack);
        out = [];
        for (const settings of given.wrong) {
          const said = [];
          for (const what of [() => engine.run(settings, { draws: 1 }), () => engine.history(settings, 0, 0),
                              () => pool.futures(settings, 20)]) {
            try { await what(); said.push(null); } catch (error) { said.push([error.name, error.message]); }
          }
          out.push(said);
        }
        pool.close();
        """,
        wrong=[settings for settings, _ in WRONG],
    )
    for said, (settings, words) in zip(got, WRONG, strict=True):
        assert said[0] == said[1] == said[2], settings
        name, message = said[0]
        assert name == "SettingsError"
        assert words in message
        assert len(message) < 400


def test_designs_that_the_page_does_not_hold_are_refused(played: Any) -> None:
    got = played("""
        const calls = [
          () => engine.run({}, { draws: 0 }), () => engine.run({}, { draws: 501 }),
          () => engine.run({}, { replicates: 21 }), () => engine.run({ conditions: { ukraine_war: NaN } }),
          () => engine.history({}, 500, 0), () => engine.options({}, 0, 0, 20, "PRK"),
          () => engine.options({}, 0, 0, 0, "JPN"),
        ];
        out = calls.map((call) => { try { call(); return null; } catch (error) { return error.name; } });
    """)  # fmt: skip
    assert got == ["SettingsError"] * 7
