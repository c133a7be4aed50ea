"""A scenario as words, as a file, as a schema; what differs between two."""
