"""What a YAML parser says, in words for people who write scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from triangle_sim.errors import Problem

_ADVICE = (
    ("'\\t'", "a tab where YAML wants spaces", "replace tabs by spaces"),
    ("mapping values are not allowed", "a ':' where no key can stand", "put the text before it in quotes, or indent"),
    ("could not find expected ':'", "a line without ':'", "write 'key: value', or put longer text in quotes"),
    ("expected the node content", "a value is missing or malformed here", "write a value, or put it in quotes"),
    ("'%'", "a value cannot begin with '%'", "put it in quotes"),
    ("'@'", "a value cannot begin with '@'", "put it in quotes"),
    ("'`'", "a value cannot begin with '`'", "put it in quotes"),
    ("end of stream", "a quotation mark that is never closed", "close it"),
    ("expected ',' or ']'", "a list that is not closed here", "add ',' or ']'"),
    ("expected ',' or '}'", "a mapping in braces that is not closed here", "add ',' or '}'"),
    ("expected <block end>", "this line does not fit the ones above", "indent it like its neighbours"),
    ("undefined tag handle", "tags are not allowed", "remove the word that begins with '!'"),
    ("incompatible YAML", "the file asks for another version of YAML", "remove the line that begins with %YAML"),
)


def explain(error: yaml.MarkedYAMLError, name: str, lines: Sequence[str]) -> Problem:
    mark: Any = error.problem_mark or error.context_mark
    said = error.problem or error.context or "malformed"
    message, help = f"malformed YAML: {said}", ""
    for part, plainly, advice in _ADVICE:
        if part in said:
            message, help = plainly, advice
            break
    if mark is None:
        return Problem(name, 1, 1, message, help)
    context: Any = error.context_mark
    if context is not None and ("end of stream" in said or "expected ':'" in said):
        mark = context  # where the quotation or the stray line began, not where patience ended
    elif context is not None and context.line != mark.line:
        help = f"{help}; what it belongs to begins at line {context.line + 1}".removeprefix("; ")
    source = lines[mark.line] if mark.line < len(lines) else ""
    return Problem(name, mark.line + 1, mark.column + 1, message, help, "error", source)
