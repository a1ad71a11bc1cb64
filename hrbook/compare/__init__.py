"""Finished runs beside one another: a run against itself made again (verify), a run against a later one (diff)."""
