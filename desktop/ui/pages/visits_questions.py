"""What is asked before a visit is kept: twice a day, too close together, too many in one village."""

from __future__ import annotations

from desktop.records.visits import Visit, VisitState
from desktop.ui.frame import Frame


def sure(frame: Frame, visit: Visit) -> bool:
    """Ask about what may be so but looks wrong; the buttons say what comes of it."""
    asked = frame.desk.books.questions(visit)
    if not asked:
        return True
    goes_on = "仍然列入计划" if visit.state == VisitState.PLANNED else "仍然登记，户次照计"
    return frame.ask.confirm("；".join(asked), yes=goes_on, no="回去改")
