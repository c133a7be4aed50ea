"""``python -m triangle_sim``: the command line."""

from triangle_sim.cli import main

if __name__ == "__main__":
    main()
