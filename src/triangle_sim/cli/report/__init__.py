"""A result as a report: what it says (:mod:`.sections`), as one HTML page (:mod:`.html`) or as Markdown."""
