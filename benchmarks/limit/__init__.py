"""The limit: the engine's own arithmetic, traced once with symbols and written out as one straight C program."""
