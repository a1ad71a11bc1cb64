"""Other readings of the guide, one change at a time (spec 5, "Sensitivity")."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.rotation_policy import Level, MidCareer, RotationReading


def other_readings(reading: RotationReading) -> list[tuple[str, RotationReading]]:
    """The grid that concerns everybody, each reading under its own id. Made once a run."""

    def word(value: bool) -> str:
        return "yes" if value else "no"

    months = 0 if reading.min_stay_months else 12
    seconded, extended = not reading.secondment_counts, not reading.leave_extends_window
    grid = [
        *((f"window_years={n}", replace(reading, window_years=n)) for n in (reading.window_years - 1, reading.window_years + 1)),
        (f"min_stay_months={months}", replace(reading, min_stay_months=months)),
        (f"secondment_counts={word(seconded)}", replace(reading, secondment_counts=seconded)),
        (f"leave_extends_window={word(extended)}", replace(reading, leave_extends_window=extended)),
    ]
    if len(reading.requirements) == 1:
        asked = reading.requirements[0]
        for level in (Level.BUREAU, Level.DEPARTMENT, Level.SECTION):
            if asked.level is not level:
                grid.append((f"unit={level.value}", replace(reading, requirements=(replace(asked, level=level),))))
    return grid


def for_midcareer(reading: RotationReading) -> tuple[str, RotationReading]:
    """The further reading for people of the mid-career route."""
    turned = MidCareer.EXCLUDE if reading.midcareer is MidCareer.SAME else MidCareer.SAME
    return f"midcareer={turned.value}", replace(reading, midcareer=turned)
