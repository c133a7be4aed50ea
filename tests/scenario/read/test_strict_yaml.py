"""Strict YAML: what is read, what is refused, and where the error points."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenario.conftest import quick
from triangle_sim.errors import ScenarioError, render
from triangle_sim.scenario.document import MAX_DEPTH, Span
from triangle_sim.scenario.read.strict_yaml import load_file, load_text


def told(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_text(text, "f.yaml")
    return str(caught.value)


def first_line(text: str) -> str:
    return told(text).splitlines()[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [("on", "on"), ("off", "off"), ("yes", "yes"), ("NO", "NO"), ("y", "y"), ("true", True), ("False", False),
     ("1e-3", 0.001), ("1E5", 1e5), (".5", 0.5), ("5.", 5.0), ("-0.1", -0.1), ("+0.1", 0.1), ("12:30", "12:30"),
     ("1:30:00", "1:30:00"), ("2024-08-13", "2024-08-13"), ("2024Q3", "2024Q3"), ("007", 7), ("0o17", 15), ("0x1F", 31),
     ("0b11", "0b11"), ("1_000", "1_000"), ("~", None), ("null", None), ("", None), ("nan", "nan"), ("inf", "inf"),
     ("'1'", "1"), ('"on"', "on"), ("=", "="), ("50%", "50%"), ("1e", "1e"), ("-", None)],
)  # fmt: skip
def test_plain_words_follow_the_core_schema_of_yaml_1_2(text: str, value: object) -> None:
    if text == "-":
        assert load_text("a:\n -").data == {"a": [None]}
        return
    read = load_text(f"a: {text}").data["a"]
    assert read == value
    assert type(read) is type(value)


def test_keys_are_text() -> None:
    assert load_text("1: a\ntrue: b\non: c\nnull: d").data == {"1": "a", "true": "b", "on": "c", "null": "d"}


def test_positions_of_keys_and_values() -> None:
    root = load_text("a: 1\nb:\n  - x: [10, 20]\n    'long key': text\n")
    assert root.where(("a",))[1] == Span(1, 4, 1)
    assert root.where(("a",), key=True)[1] == root.where(("a", "c"))[1] == Span(1, 1, 1)
    assert root.where(("b",))[1] == Span(2, 1, 1)
    assert root.where(("b", 0, "x", 1))[1] == Span(3, 13, 2)
    assert root.where(("b", 0, "long key"), key=True)[1] == Span(4, 5, 10)
    assert root.where(("b", 0, "x", 7))[1] == Span(3, 5, 1)  # the nearest thing around


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert load_file(path).data == {"a": 1, "b": 2}
    assert load_text("%YAML 1.2\n---\na: 1\n...\n").data == {"a": 1}


def test_equal_keys() -> None:
    assert told("a: 1\nb: 2\na: 3\n") == (
        "f.yaml:3:1: error: the key 'a' is given twice\n"
        "     3 | a: 3\n"
        "       | ^\n"
        "       = help: it is first given at line 1; keep one of the two\n"
        "\n"
        "1 error in f.yaml; nothing was run."
    )


def test_tabs() -> None:
    assert told("a:\n\tb: 1\n") == (
        "f.yaml:2:1: error: a tab where YAML wants spaces\n"
        "     2 |  b: 1\n"
        "       | ^\n"
        "       = help: replace tabs by spaces\n"
        "\n"
        "1 error in f.yaml; nothing was run."
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "f.yaml:1:1: error: the file is empty"),
        (" \n\n", "f.yaml:1:1: error: the file is empty"),
        ("# hello\n", "f.yaml:1:1: error: the file holds nothing but comments"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: error: a second document begins here"),
        ("a: &x 1\n", "f.yaml:1:4: error: the anchor '&x' is not allowed"),
        ("a: *x\n", "f.yaml:1:4: error: the alias '*x' is not allowed"),
        ("<<: {a: 1}\n", "f.yaml:1:1: error: merge keys (<<) are not allowed"),
        ("a: !!python/object:os.system x\n", "f.yaml:1:4: error: the tag '!!python/object:os.system' is not allowed"),
        ("a: !!str 1\n", "f.yaml:1:4: error: the tag '!!str' is not allowed"),
        ("a: ! x\n", "f.yaml:1:4: error: the tag '!' is not allowed"),
        ("a: .nan\n", "f.yaml:1:4: error: '.nan': not a finite number"),
        ("a: -.INF\n", "f.yaml:1:4: error: '-.INF': not a finite number"),
        ("a: 1e999\n", "f.yaml:1:4: error: '1e999': the number is too large"),
        ("a: " + "9" * 5000, "f.yaml:1:4: error: '999999999999999999999999999...': the number is too large"),
        ("? [1]\n: 2\n", "f.yaml:1:3: error: a key must be plain text"),
        ("'': 2\n", "f.yaml:1:1: error: a key is missing before ':'"),
        ("a: 'abc\nb: 2\n", "f.yaml:1:4: error: a quotation mark that is never closed"),
        ("a: [1, 2\nb: 3\n", "f.yaml:2:2: error: a list that is not closed here"),
        ("a: b: c\n", "f.yaml:1:5: error: a ':' where no key can stand"),
        ("a: 1\nfoo\nb: 2\n", "f.yaml:2:1: error: a line without ':'"),
        ("a:\n    b: 1\n  c: 2\n", "f.yaml:3:3: error: this line does not fit the ones above"),
        ("a: %5\n", "f.yaml:1:4: error: a value cannot begin with '%'"),
        ("a: @x\n", "f.yaml:1:4: error: a value cannot begin with '@'"),
        ("%YAML 2.0\n---\na: 1\n", "f.yaml:1:1: error: the file asks for another version of YAML"),
        ("a: b\0c", "f.yaml:1:5: error: a NUL character: is this a binary file?"),
        ("a: b\x07c", "f.yaml:1:5: error: a control character (U+0007)"),
        ("a: \ud800", "f.yaml:1:4: error: a control character (U+D800)"),
        ('a: "\\ud800"', "f.yaml:1:4: error: the text holds a control character"),
        ('a: "\\0"', "f.yaml:1:4: error: the text holds a control character"),
    ],
)
def test_what_is_refused(text: str, line: str) -> None:
    assert first_line(text) == line


def test_escapes_beyond_unicode_and_huge_directives_are_no_tracebacks() -> None:
    assert "cannot be read as YAML" in told('a: "\\U00110000"')
    assert "cannot be read as YAML" in told("%YAML 1." + "9" * 5000 + "\n---\na: 1\n")


def test_everything_wrong_is_told_at_once() -> None:
    text = told("a: .nan\nb: &x 1\na: 2\nc: !t 3\n")
    assert text.endswith("4 errors in f.yaml; nothing was run.")


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "? " * 100_000])
def test_deep_nesting_is_one_quick_error(text: str) -> None:
    begun = time.perf_counter()
    shown = told(text)
    assert time.perf_counter() - begun < 30
    assert f"nested more than {MAX_DEPTH} levels deep" in shown
    assert shown.endswith("1 error in f.yaml; nothing was run.")


def test_the_deepest_nesting_allowed() -> None:
    assert load_text("[" * MAX_DEPTH + "]" * MAX_DEPTH).data
    told("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


def test_the_number_of_problems_is_bounded() -> None:
    assert told("a: b\n" * 10_000).endswith("... and 9,979 more problems\n\n9,999 errors in f.yaml; nothing was run.")


@settings(quick, max_examples=80)
@given(st.text(max_size=200) | st.text("ab:-[]{}?&*!|>'\"#%@`,.~ \n\t01eE+\\x", max_size=80))
def test_any_text_gives_data_or_a_scenario_error(text: str) -> None:
    try:
        load_text(text)
    except ScenarioError as error:
        assert error.problems
        assert render(error.problems)
