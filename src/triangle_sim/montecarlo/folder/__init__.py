"""Result folders: written block by block, read, finished, made larger, merged."""
