"""The first hour: blank forms, a working folder, and what is understood of a city's own roster."""
