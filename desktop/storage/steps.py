"""What takes an office file from each released version to the next: frozen, the oldest first.

Both ends of a step are frozen in `resources/schema/`, and `storage/upgrading.py` carries every row from the one
to the other. A step says only what the two schemas can't: where a new column gets its value from, what is given
up on purpose, what has another name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.storage.database import OfficeDatabase

Then = Callable[[OfficeDatabase], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step; what was released stays as it is, word by word.

    `values` are SQL expressions over the old row, by "table.column" (an expression names old columns only); a new
    column without one gets NULL, or '' or 0 where it is NOT NULL. `renamed` gives the old name of a "table" or a
    "table.column". `dropped` names the tables and columns that are given up: anything else that would be lost
    stops the step. `then` are functions in plain SQL, run when all tables are carried.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    then: tuple[Then, ...] = ()


STEPS: tuple[Step, ...] = (
    # version 2, unreleased: add here what your change needs (see schema.py)
    Step(),
)
"""Step 1 takes a file from version 1 (released as 0.1.0) to version 2, and so on."""
