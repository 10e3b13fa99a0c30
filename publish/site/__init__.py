"""The static site: where things stand, how they are written, and what a change touches."""
