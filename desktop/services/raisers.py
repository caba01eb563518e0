"""Who raised a matter: a representative on the roster, a unit, somebody else, or nobody to be named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.errors import UserError
from desktop.records import cleaning
from desktop.records.base import reading
from desktop.records.representatives import Representative
from desktop.records.staff import Unit
from desktop.records.tickets import Occurrence, Raiser, Ticket
from desktop.services.lookup import candidates, resolve

NAMELESS = ("匿名", "不记名", "无记名", "不愿留名", "未留名")


def _people(word: str) -> list[Representative]:
    return candidates(Representative, word)


def _is_unit(word: str) -> bool:
    with reading():
        return Unit.select().where((Unit.name == word) & Unit.deleted_at.is_null()).exists()


@dataclass(frozen=True, slots=True)
class Known:
    """Who is known: the people called by a word, and whether it is a unit; a sheet of thousands brings its own."""

    people: Callable[[str], Sequence[Representative]] = _people
    is_unit: Callable[[str], bool] = _is_unit


def recognize(raised: Ticket | Occurrence, known: Known = Known()) -> None:
    """Fill 反映人身份 and the link to the representative from what is written as 反映人.

    An exact name on the roster is that representative; of namesakes the one must be named, by id. Nothing
    is linked where anonymity was asked for. Raises UserError with the candidates, or where a 代表 isn't known.
    """
    word = cleaning.one_line(raised.raised_by)
    if word in NAMELESS or raised.raiser == Raiser.ANONYMOUS:
        if word not in ("", *NAMELESS):
            raise UserError("匿名的不能写反映人姓名；请清空反映人，或改反映人身份", field="raised_by")
        raised.raised_by, raised.raiser, raised.representative = (
            Raiser.ANONYMOUS.value,
            Raiser.ANONYMOUS,
            None,
        )
        return
    if not word:
        raised.representative = None
        return
    if raised.raiser in ("", Raiser.REPRESENTATIVE):
        person = _representative(raised, word, known)
        raised.representative = person
        if person is not None:
            raised.raised_by, raised.raiser = person.full_name, Raiser.REPRESENTATIVE
            return
    raised.representative = None
    raised.raiser = raised.raiser or (Raiser.UNIT if known.is_unit(word) else Raiser.HOUSEHOLD)


def _representative(raised: Ticket | Occurrence, word: str, known: Known) -> Representative | None:
    linked = raised.representative
    if linked is not None and cleaning.comparable(linked.full_name) == cleaning.comparable(word):
        return linked  # chosen among namesakes
    found = known.people(word)
    if len(found) == 1 or (not found and not raised.raiser):
        return found[0] if found else None
    return resolve(Representative, word, field="raised_by")
