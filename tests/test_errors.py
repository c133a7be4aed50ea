"""How problems are printed."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

from triangle_sim.errors import TOLD, Problem, ScenarioError, UsageError, quote, render, shortened


def test_one_error_with_its_caret() -> None:
    problem = Problem(
        "trump_wins.yaml", 5, 3, "unknown key 'us_presure' in 'set'", "did you mean 'us_pressure'? known keys: ...",
        source="  us_presure: 0.8", width=10,
    )  # fmt: skip
    assert render([problem]) == (
        "trump_wins.yaml:5:3: error: unknown key 'us_presure' in 'set'\n"
        "     5 |   us_presure: 0.8\n"
        "       |   ^^^^^^^^^^\n"
        "       = help: did you mean 'us_pressure'? known keys: ...\n"
        "\n"
        "1 error in trump_wins.yaml; nothing was run."
    )


def test_problems_are_sorted_by_line_and_counted() -> None:
    text = render([
        Problem("a.yaml", 9, 1, "third"), Problem("a.yaml", 2, 7, "second"), Problem("a.yaml", 2, 1, "first"),
        Problem("a.yaml", 3, 1, "odd", severity="warning"),
    ])  # fmt: skip
    order = [text.index(word) for word in ("first", "second", "odd", "third")]
    assert order == sorted(order)
    assert text.endswith("3 errors and 1 warning in a.yaml; nothing was run.")


def test_warnings_alone_stop_nothing() -> None:
    assert render([Problem("a.yaml", 1, 1, "odd", severity="warning")]).endswith("1 warning in a.yaml.")


def test_several_files_are_named() -> None:
    text = render([Problem("a.yaml", 1, 1, "x"), Problem("b.yaml", 1, 1, "y"), Problem("c.yaml", message="z")])
    assert text.endswith("3 errors in a.yaml, b.yaml and c.yaml; nothing was run.")
    assert "c.yaml: error: z" in text


def test_the_caret_stands_right_under_tabs_wide_and_combining_characters() -> None:
    lines = render([Problem("a", 1, 4, "x", source="\t中e\u0301: 1", width=2)]).splitlines()
    assert lines[1:3] == ["     1 |  中e\u0301: 1", "       |     ^"]


def test_long_lines_are_cut_around_the_place() -> None:
    lines = render([Problem("a", 1, 5001, "x", source="y" * 5000 + "HERE" + "z" * 5000, width=4)]).splitlines()
    assert len(lines[1]) < 130
    assert lines[1][lines[2].index("^") :][:4] == "HERE"


def test_nothing_printed_can_disturb_a_terminal() -> None:
    text = render([Problem("a\x1b[2J", 1, 1, f"unknown {quote(chr(27) + '[31m' + 'x' * 200)}", source="\x1b[31mred")])
    assert "\x1b" not in text
    assert len(text.splitlines()[0]) < 120


def test_errors_survive_a_process_boundary() -> None:
    error = pickle.loads(pickle.dumps(ScenarioError([Problem("a", 1, 1, "x")])))
    assert error.problems[0].message == "x"
    usage = pickle.loads(pickle.dumps(UsageError("no such thing", "try another")))
    assert str(usage) == "no such thing\n  = help: try another"
    assert usage.exit_code == error.exit_code == 2


def test_twenty_problems_and_a_count_will_do() -> None:
    text = render([Problem("a.yaml", line, 1, f"problem {line}") for line in range(1, 1001)])
    assert text.count("error: problem") == TOLD == 20
    assert "problem 20\n" in text
    assert text.endswith("... and 980 more problems\n\n1,000 errors in a.yaml; nothing was run.")
    one_more = render([Problem("a.yaml", line, 1, "x") for line in range(1, TOLD + 2)])
    assert "... and 1 more problem\n" in one_more


def test_errors_are_told_before_warnings() -> None:
    warnings = [Problem("a.yaml", line, 1, "odd", severity="warning") for line in range(1, 100)]
    text = render([*warnings, Problem("a.yaml", 500, 1, "wrong")])
    assert "a.yaml:500:1: error: wrong" in text
    assert text.count(" warning: odd") == TOLD - 1
    assert text.endswith("1 error and 99 warnings in a.yaml; nothing was run.")


def test_help_is_made_only_for_problems_that_are_told() -> None:
    made = []

    @dataclass(frozen=True)
    class Costly:
        name: str

        def __str__(self) -> str:
            made.append(self.name)
            return f"did you mean {self.name}?"

    text = render([Problem("a.yaml", line, 1, f"problem {line}", Costly(f"n{line}")) for line in range(1, 500)])
    assert "= help: did you mean n20?" in text
    assert len(set(made)) == TOLD


def test_help_of_several_lines_is_indented() -> None:
    assert render([Problem("a.yaml", message="x", help="write\nthis\nand that")]).startswith(
        "a.yaml: error: x\n       = help: write\n               this\n               and that\n"
    )


def test_everything_printed_is_short() -> None:
    text = render([Problem(f"{i}" * 5000, 1, 1, "m" * 10_000, "h" * 10_000, source="s" * 10_000) for i in range(10)])
    assert len(text) < 10 * 3000 + 3000
    assert text.endswith(" and 5 more; nothing was run.")
    assert shortened(10**5000) == "a huge number"
