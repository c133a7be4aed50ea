<<<<<<< HEAD
"""What readers see in a browser: the page, its words, and the classroom."""
=======
"""The model in a browser: a page that holds it, a classroom, and the words of both."""
>>>>>>> main
