"""How problems are printed."""

from __future__ import annotations

import pickle

from triangle_sim.errors import Problem, ScenarioError, UsageError, quote, render


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
