"""The model in a browser: a page that holds it, a classroom, and the words of both."""
