"""The key below the training plan: what the marks mean, how firm the timings are, what is left out."""

from __future__ import annotations

from hrbook.core.judgement import TrainingStatus
from hrbook.core.training_policy import Course
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.marks import Marks
from hrbook.sheets.tally import Tally
from hrbook.sheets.view import DepartmentView

MARGIN = 2  # columns before the first mark
ACROSS = 4  # columns of one mark with its words
_ORDER = (
    TrainingStatus.COMPLETED,
    TrainingStatus.IN_TARGET,
    TrainingStatus.OVERDUE,
    TrainingStatus.UPCOMING,
    TrainingStatus.DEFERRED,
    TrainingStatus.EXEMPT,
    TrainingStatus.UNSCHEDULED,
    TrainingStatus.UNDETERMINED,
    TrainingStatus.LAPSED,
    TrainingStatus.NOT_APPLICABLE,
)
_WORDS = {TrainingStatus.COMPLETED: "done"}


GAP, MARKS, NOTE = 8.0, 16.0, 17.0  # points


def key_height(view: DepartmentView, counted: Tally, columns: int, left_out: tuple[Course, ...]) -> float:
    """Points that the key takes on a sheet of so many columns; a long list of courses left out may take a little more."""
    marks = sum(1 for status in _ORDER if counted.training[status])
    across = max(1, (columns - MARGIN) // ACROSS)
    return 1.5 * GAP + MARKS * -(-marks // across) + NOTE * len(_notes(view, left_out))


def put_key(canvas: Canvas, view: DepartmentView, marks: Marks, counted: Tally, left_out: tuple[Course, ...]) -> None:
    """Marks that occur in the department, the notes on timing, and the courses that concern nobody here."""
    labels = view.labels
    last = len(canvas.columns) - 1
    row = canvas.row
    canvas.heights[row] = GAP
    row += 1
    canvas.put(row, 0, labels("training.legend.heading"), "h3 indent1", cols=MARGIN)
    canvas.heights[row] = MARKS
    col = MARGIN
    for status in (s for s in _ORDER if counted.training[s]):
        if col + ACROSS - 1 > last:
            row, col = row + 1, MARGIN
        chip = marks.training[status]
        mark = labels("training.unset") if status is TrainingStatus.UNSCHEDULED else chip.mark
        look = "plan_unclear" if status in (TrainingStatus.UNSCHEDULED, TrainingStatus.UNDETERMINED) else chip.look
        canvas.put(row, col, mark, f"{look} small")
        canvas.put(row, col + 1, labels(f"training.legend.{_WORDS.get(status, status.value)}"), "legend_label", cols=ACROSS - 1)
        canvas.heights[row] = MARKS
        col += ACROSS
    row += 1
    canvas.heights[row] = GAP / 2
    for note in _notes(view, left_out):
        row += 1
        canvas.put(row, 0, note, "caption_wrap", cols=last + 1)
    canvas.row = row + 1


def _notes(view: DepartmentView, left_out: tuple[Course, ...]) -> list[str]:
    labels = view.labels
    notes = [labels("training.legend.basis")]
    if any(course.mandatory for course in view.policy.training.courses):
        notes.append(labels("training.legend.mandatory"))
    if left_out:
        names = labels("list.separator").join(course.name for course in left_out)
        notes.append(labels("training.legend.left_out", count=len(left_out), courses=names))
    return notes
