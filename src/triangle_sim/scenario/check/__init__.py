"""Checks that need the model: names that exist, values in range, what is legal but odd."""
