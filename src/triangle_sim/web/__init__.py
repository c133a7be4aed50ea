"""The model in a browser tab: one page, one file, no server needed."""
