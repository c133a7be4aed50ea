"""A report as one HTML page that needs nothing else: no script, no request, pictures and style inside."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection
from html import escape

from triangle_sim.cli.report.document import Block, Bullets, Code, Document, Heading, Picture, Table, Text
from triangle_sim.plots.style import INK, PALE, QUIET, RULE

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What a browser may load for the page: nothing from anywhere, and no script."""

STYLE = f"""
:root {{ color-scheme: light; }}
body {{ margin: 0 auto; max-width: 60rem; padding: 1rem; background: #fff; color: {INK};
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }}
h1 {{ font-size: 1.7rem; line-height: 1.2; margin: 0.5rem 0; }}
h2 {{ font-size: 1.25rem; margin: 2.2rem 0 0.5rem; border-bottom: 1px solid {RULE}; padding-bottom: 0.2rem; }}
a {{ color: #00507d; }}
.lead {{ font-size: 1.15rem; }}
.scroll {{ overflow-x: auto; margin: 1rem 0; }}
.scroll:focus {{ outline: 3px solid #0072b2; }}
table {{ border-collapse: collapse; width: 100%; font-size: 0.92rem; }}
caption {{ text-align: left; font-weight: bold; padding: 0.3rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid {PALE}; }}
tr:target {{ background: #fff4c2; }}
tbody th {{ font-weight: normal; }}
figure {{ margin: 1rem 0; }}
figure img {{ width: 100%; min-width: 40rem; height: auto; }}
figcaption {{ color: {QUIET}; font-size: 0.92rem; }}
pre {{ background: #f5f5f5; padding: 0.7rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.88rem; }}
nav ul {{ columns: 16rem; padding-left: 1.2rem; }}
footer {{ margin-top: 3rem; border-top: 1px solid {RULE}; color: {QUIET}; font-size: 0.92rem; }}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 10pt; }}
  nav {{ display: none; }}
  .scroll {{ overflow: visible; }}
  figure img {{ min-width: 0; }}
  figure, tr, pre {{ break-inside: avoid; }}
  h2 {{ break-after: avoid; }}
  thead {{ display: table-header-group; }}
  a {{ color: inherit; text-decoration: none; }}
}}
"""

_ID = re.compile(r"\b[A-Z]\d{1,3}\b")


def html(document: Document) -> str:
    """The page. Ids of claims that have a row in one of its tables are links to it."""
    anchors = {anchor for block in document.blocks if isinstance(block, Table) for anchor in block.anchors}
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    contents = "".join(f'<li><a href="#{escape(each.anchor)}">{escape(each.text)}</a></li>' for each in headings)
    body = "\n".join(_block(block, anchors) for block in document.blocks)
    first, rest = _split(body)
    title = escape(document.title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="recipe" content="{escape(document.recipe)}">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{first}"
        f'<nav aria-label="Contents">\n<ul>{contents}</ul>\n</nav>\n{rest}\n</main>\n'
        "<footer><p>A model, not a forecast.</p></footer>\n</body>\n</html>\n"
    )


def _split(body: str) -> tuple[str, str]:
    """What comes before the second heading, the answer, and the rest."""
    places = [found.start() for found in re.finditer("<h2 ", body)]
    cut = places[1] if len(places) > 1 else len(body)
    return body[:cut], body[cut:]


def _block(block: Block, anchors: Collection[str]) -> str:
    match block:
        case Heading(text, anchor):
            return f'<h2 id="{escape(anchor)}">{escape(text)}</h2>'
        case Text(text, leads):
            return f'<p class="lead">{_linked(text, anchors)}</p>' if leads else f"<p>{_linked(text, anchors)}</p>"
        case Bullets(items):
            return f"<ul>{''.join(f'<li>{_linked(item, anchors)}</li>' for item in items)}</ul>"
        case Code(text):
            return f"<pre>{escape(text)}</pre>"
        case Table():
            return _table(block, anchors)
        case Picture():
            return _picture(block)


def _linked(text: str, anchors: Collection[str]) -> str:
    """Escaped text, with links to the rows of claims."""

    def link(found: re.Match[str]) -> str:
        name = f"claim-{found[0]}"
        return f'<a href="#{name}">{found[0]}</a>' if name in anchors else found[0]

    return _ID.sub(link, escape(text))


def _table(table: Table, anchors: Collection[str]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = []
    for place, (first, *others) in enumerate(table.rows):
        mark = f' id="{escape(table.anchors[place])}"' if table.anchors else ""
        name = escape(first) if table.anchors else _linked(first, anchors)
        cells = "".join(f"<td>{_linked(cell, anchors)}</td>" for cell in others)
        rows.append(f'<tr{mark}><th scope="row">{name}</th>{cells}</tr>')
    return (
        f'<div class="scroll" role="region" aria-label="{escape(table.caption)}" tabindex="0">'
        f"<table><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _picture(picture: Picture) -> str:
    """The picture as an image: what is in its file can then neither run nor load anything."""
    data = base64.b64encode(picture.svg).decode()
    return (
        f'<figure><div class="scroll" role="region" aria-label="{escape(picture.caption)}" tabindex="0">'
        f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(picture.alt)}"></div>'
        f"<figcaption>{escape(picture.caption)}</figcaption></figure>"
    )
