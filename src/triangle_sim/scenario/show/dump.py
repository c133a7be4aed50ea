"""Plain data as YAML text that the strict reader reads back to the same data."""

from __future__ import annotations

from typing import Any

import yaml

from triangle_sim.scenario.read.scalars import resolve


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # PyYAML quotes what YAML 1.1 would misread. The reader follows YAML 1.2, where 1e-3 is a number.
    try:
        plain = isinstance(resolve(text), str)
    except ValueError:
        plain = False
    # Next line and the line separators are line breaks to YAML 1.1 and would come back as spaces.
    plain = plain and all(c.isprintable() or c in "\n\t" for c in text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    text = repr(value)
    # A point before the exponent: a YAML 1.1 reader takes 1e-08 for text, and PyYAML would add a tag to say otherwise.
    text = text.replace("e", ".0e") if "e" in text and "." not in text else text
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)


def dump(data: Any, *, flow: bool = False) -> str:
    """Plain data as YAML in the order given; in braces and brackets, on one line, where that is wanted."""
    width = 10**6 if flow else 110
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=flow)
    return str(text)
