"""One future in words."""
