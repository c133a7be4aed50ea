"""Decision rules: one a file."""
