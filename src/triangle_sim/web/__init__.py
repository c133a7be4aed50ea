"""What readers see in a browser: the page, its words, and the classroom."""
