"""The page in the system's Chromium. A package, so that one browser serves all of it and then ends."""
