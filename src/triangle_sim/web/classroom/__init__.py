"""A class plays: rooms of up to five teams, one a country, and a board at the wall; needs Starlette and uvicorn."""
