"""The copy, in an encrypted office file, of the wrapped keys that lie beside it."""

from __future__ import annotations

import peewee

from desktop.records.trail import Local


class KeyCopy(Local):
    """One row at most: the text of the key file, which is made again from it (storage/key_file.py)."""

    id = peewee.IntegerField(primary_key=True)
    text = peewee.TextField()
