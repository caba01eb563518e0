"""Drafts: what is typed and not saved outlives the program that was killed, and is offered at its next start."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.records.base import now, reading, transaction
from desktop.records.drafts import KeptDraft
from desktop.records.kinds import new_id
from desktop.services.users import Users

Texts = Mapping[str, Mapping[str, str]]
"""Part of a place (form, pile, a row, a dialog) → field → what was typed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one place of the window holds unsaved; `record` is b"" for a record not saved yet."""

    place: str
    title: str
    texts: Texts
    record: bytes = b""
    key: bytes = field(default=b"", compare=False)
    at: str = field(default="", compare=False)


class Drafts:
    """Keeps the drafts of this run of the program beside those that another run left behind."""

    def __init__(self, users: Users) -> None:
        self._session = uuid.uuid4().hex
        self._users = users

    @property
    def _me(self) -> str:
        return self._users.me.id if self._users.me else ""

    def left_behind(self) -> list[Draft]:
        """Return what runs before this one didn't save, the latest first.

        What another user of the file typed is theirs; of a user who is no more, it is anybody's.
        """
        theirs = [user for user in self._users.everybody() if user != self._me]
        with reading():
            rows = list(
                KeptDraft.select()
                .where((KeptDraft.session != self._session) & KeptDraft.who.not_in(theirs))
                .order_by(KeptDraft.at.desc(), KeptDraft.id.desc())
            )
        return [
            Draft(row.place, row.title, json.loads(row.texts), row.record or b"", row.id, row.at)
            for row in rows
        ]

    def keep(self, drafts: Sequence[Draft], instead: Sequence[bytes] = ()) -> None:
        """Let these be all that this run has unsaved; `instead` are the keys of drafts that they were taken up from.

        Raises TroubleError where the file can't be written.
        """
        with transaction():
            KeptDraft.delete().where(KeptDraft.session == self._session).execute()
            self._forget(instead)
            for draft in drafts:
                KeptDraft.insert(
                    id=new_id(),
                    session=self._session,
                    who=self._me,
                    place=draft.place,
                    record=draft.record or None,
                    title=draft.title,
                    texts=json.dumps(draft.texts, ensure_ascii=False),
                    at=now(),
                ).execute()

    def forget(self, keys: Sequence[bytes]) -> None:
        """Throw drafts away; raises TroubleError where the file can't be written."""
        with transaction():
            self._forget(keys)

    @staticmethod
    def _forget(keys: Sequence[bytes]) -> None:
        if keys:
            KeptDraft.delete().where(KeptDraft.id.in_(list(keys))).execute()
