"""Writes the tables of the pages that list code: `python docs/generate.py`; with `--check`, fails if one is stale."""

from __future__ import annotations

import sys

import tables  # noqa: F401  (registers its tables)
import tables_of_cards  # noqa: F401
import tables_of_claims
import tables_of_fit  # noqa: F401
import tables_of_lesson
import tables_of_payoffs  # noqa: F401
import tables_of_question
import tables_of_record  # noqa: F401
import tables_of_rules  # noqa: F401
from blocks import diff, pages, replaced
from registry import TABLES


def main(arguments: list[str]) -> int:
    """Write or check every page; 1 if a check finds a stale one."""
    check, stale = "--check" in arguments, False
    for page in pages():
        new = replaced(page.read_text(encoding="utf-8"), "generated", TABLES)
        change = diff(page, new)
        if change and check:
            print(change, end="")
            stale = True
        elif change:
            page.write_text(new, encoding="utf-8")
            print(f"wrote {page.name}")
    if why := tables_of_claims.outdated() or tables_of_question.outdated() or tables_of_lesson.outdated():
        print(f"\n{why}", file=sys.stderr)
        return 1
    if stale:
        print("\nStale tables. Write them anew with: python docs/generate.py", file=sys.stderr)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
