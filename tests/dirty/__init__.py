"""Dirty rosters: a clean city, kinds of defect, and what a reader must find of each. `python -m tests.dirty --seeds 20`."""
