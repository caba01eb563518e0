"""What every kind shares, and the columns of peewee that kinds are made of."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import peewee

from desktop.errors import UserError

Row = TypeVar("Row")

if TYPE_CHECKING:
    TextColumn = peewee.Field[str]
    DateColumn = peewee.Field[datetime.date | None]
    IntegerColumn = peewee.Field[int | None]
    BooleanColumn = peewee.Field[bool]
    KeyColumn = peewee.Field[bytes]

    class LinkColumn(peewee.Field[Row]):
        """A foreign key as the type checkers see it: the record referred to, or none."""

        def __set__(self, instance: Any, value: Row | None) -> None: ...
else:
    TextColumn = peewee.TextField
    DateColumn = peewee.DateField
    IntegerColumn = peewee.IntegerField
    BooleanColumn = peewee.BooleanField
    KeyColumn = peewee.Field

    class LinkColumn(peewee.ForeignKeyField):
        """peewee's own fields take no type argument at run time; this one takes and drops it."""

        def __class_getitem__(cls, row: object) -> type:
            return cls


class Kind:
    """What every kind shares: label, whether it must be filled, whether steps alone may change it."""

    name: str
    label: str
    required: bool
    stepped: bool
    masked: ClassVar[bool] = False

    def declare(self, label: str, *, required: bool, stepped: bool = False, hint: str = "") -> None:
        """Keep what `__init__` was told beyond the column."""
        self.label = label
        self.required = required
        self.stepped = stepped
        self.hint = hint

    def parse(self, text: str) -> Any:
        """Return the value that `text` means; raises UserError."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return the text for a list, a form or a paper."""
        return "" if value is None else str(value)

    def plain(self, value: Any) -> Any:
        """Return the value as JSON holds it."""
        return value

    def check(self, value: Any) -> None:
        """Raise UserError where the value can't be kept."""
        if self.required and value in (None, ""):
            raise self.wrong("不能为空")

    def wrong(self, reason: str) -> UserError:
        """Return the fault `<label><reason>` at this field."""
        return UserError(f"{self.label}{reason}", field=self.name)

    def masked_text(self, value: Any) -> str:
        """Return the text for lists and papers where numbers are not asked for."""
        return self.show(value)

    def is_mask(self, text: str) -> bool:
        """Say whether a text is what `masked_text` makes of a number, and so tells nothing to be kept."""
        return False
