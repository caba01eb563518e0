"""草稿: what was typed and not saved, kept in the office file so that a crash doesn't take it along."""

from __future__ import annotations

import peewee

from desktop.records.base import now
from desktop.records.kinds import Key, new_id
from desktop.records.trail import Local


class KeptDraft(Local):
    """The unsaved texts of one place of the window; it leaves no trail, for nothing of it was ever saved.

    It lies in the office file rather than beside it, so that a file with a password covers it too.
    """

    id = Key(primary_key=True, default=new_id)
    session = peewee.TextField()
    """The run of the program that typed it: what another run left behind is offered, its own isn't."""
    who = peewee.TextField(default="")
    """The user who typed it, by id; "" where the file has no password."""
    place = peewee.TextField()
    """The page it belongs to."""
    record = Key(null=True)
    """The record that was being edited; None for one not saved yet."""
    title = peewee.TextField()
    texts = peewee.TextField()
    """JSON: part of the place → field → what was typed."""
    at = peewee.TextField(default=now)
