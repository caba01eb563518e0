"""约谈: talks that were arranged; one that was held becomes a visit of its people, others say why not."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.appointments import Appointment, AppointmentState
from desktop.records.visits import Purpose, Visit, VisitStaff, VisitState
from desktop.services.changes import Changes
from desktop.services.steps import check_step, day_told
from desktop.services.visiting import Visiting

STEPS = {"hold": ("on", "found", "promised"), "miss": ("reason",), "cancel": ("reason",)}


class Appointing:
    """Steps of appointments."""

    def __init__(self, changes: Changes, visiting: Visiting) -> None:
        self._changes, self._visiting = changes, visiting

    def do(self, appointment: Appointment, verb: str, values: Mapping[str, str]) -> None:
        """Take a step: hold (on, found, promised) makes the visit 约谈; miss and cancel (reason)."""
        check_step(appointment, verb, values, STEPS)
        if appointment.state != AppointmentState.MADE:
            raise UserError(f"“{appointment.caption()}”已经是“{appointment.state}”", field="state")
        if verb == "hold":
            self._hold(appointment, values)
            return
        reason = Appointment.because.parse(values.get("reason", ""))
        if verb == "cancel" and not reason:
            raise UserError("请写明为什么取消", field="reason")
        appointment.because = reason
        appointment.state = AppointmentState.MISSED if verb == "miss" else AppointmentState.CANCELLED
        if faults := appointment.faults():
            raise faults[0]
        words = "未到" if verb == "miss" else "取消"
        with self._changes.change(f"{words}“{appointment.caption()}”", Appointment):
            storing.write(appointment, is_new=False)

    def _hold(self, appointment: Appointment, values: Mapping[str, str]) -> None:
        """Register the talk among the visits, so that it counts and shows in the household's story."""
        visit = Visit(
            visited_on=day_told(values), staff=appointment.staff, purpose=Purpose.TALK, state=VisitState.DONE
        )
        visit.household, visit.representative = appointment.household, appointment.representative
        visit.enterprise = appointment.whom
        visit.found = Visit.found.parse(values.get("found", "")) or appointment.about
        visit.promised = Visit.promised.parse(values.get("promised", ""))
        with self._changes.change(f"登记“{appointment.caption()}”", Appointment, Visit, VisitStaff):
            self._visiting.save(visit)
            appointment.visit, appointment.state = visit, AppointmentState.HELD
            storing.write(appointment, is_new=False)
