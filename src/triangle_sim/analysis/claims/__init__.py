"""Whether simulation bears out what the articles claim."""
