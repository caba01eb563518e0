"""What takes an office file from each released version to the next: frozen, the oldest first.

Both ends of a step are frozen in `resources/schema/`, and `storage/upgrading.py` carries every row from the one
to the other. A step says only what the two schemas can't: where a new column gets its value from, what is given
up on purpose, what has another name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.records import chain
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


def _count_visits(file: OfficeDatabase) -> None:
    """Fill the tally of visits, which triggers keep from then on."""
    file.execute_sql("DELETE FROM visit_tally")
    file.execute_sql(
        'INSERT INTO visit_tally(staff, day, "before", times) SELECT staff_id, visited_on, last, count(*) FROM ('
        "SELECT staff_id, visited_on, coalesce(lag(visited_on) OVER (PARTITION BY staff_id, household_id "
        "ORDER BY visited_on), '') AS last FROM visit_staff WHERE deleted_at IS NULL AND household_id IS NOT NULL "
        "AND visited_on IS NOT NULL) GROUP BY 1, 2, 3"
    )


STEPS: tuple[Step, ...] = (
    # version 2, unreleased: add here what your change needs (see schema.py)
    Step(then=(_count_visits, chain.seal_all)),
)
"""Step 1 takes a file from version 1 (released as 0.1.0) to version 2, and so on."""
