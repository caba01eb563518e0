"""Kinds: a peewee column that also knows its label and how people write, read and check its values.

Meaning is declared once here; column, form row, list column, Excel heading, import fault and command-line
field follow from it. `parse` turns typed text into a value, `show` a value into text, `check` refuses a
value with a Chinese sentence. Layout on screen and paper is not derived.
"""

from __future__ import annotations

from desktop.records.kinds.choices import Choice as Choice
from desktop.records.kinds.choices import Flag as Flag
from desktop.records.kinds.choices import Whole as Whole
from desktop.records.kinds.contacts import IdCard as IdCard
from desktop.records.kinds.contacts import Phone as Phone
from desktop.records.kinds.keys import Key as Key
from desktop.records.kinds.keys import Link as Link
from desktop.records.kinds.keys import new_id as new_id
from desktop.records.kinds.keys import new_ids as new_ids
from desktop.records.kinds.kind import Kind as Kind
from desktop.records.kinds.nations import Nation as Nation
from desktop.records.kinds.texts import Listed as Listed
from desktop.records.kinds.texts import Name as Name
from desktop.records.kinds.texts import Prose as Prose
from desktop.records.kinds.texts import Text as Text
from desktop.records.kinds.times import Clock as Clock
from desktop.records.kinds.times import Day as Day
from desktop.records.kinds.times import PartialDay as PartialDay
