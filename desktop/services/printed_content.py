"""What was drawn on paper, kept as it was: the values of a print as packed JSON, and back again.

The frozen values of records/papers.py, pack.py, letters.py and handouts.py are written by the names of their
fields and read back by their types, so that a value may get further fields with a default and what was kept
before can still be read.
"""

from __future__ import annotations

import functools
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from desktop.errors import UserError


def packed(values: object) -> tuple[str, bytes]:
    """Return the hash of what a paper says, and the values it was drawn from, packed: some 60 bytes a letter."""
    text = json.dumps(values, default=_plain, separators=(",", ":")).encode("ascii")
    return hashlib.sha256(text).hexdigest(), zlib.compress(text)


def unpacked(sort: type, content: bytes) -> Any:
    """Return the values of the type `sort` that were packed; raises UserError for those of another version."""
    try:
        return _built(sort, json.loads(zlib.decompress(content)))
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error) as cause:
        raise UserError("这次打印是用别的版本的程序做的，不能原样再印；请重新印制", field="job") from cause


def _plain(value: Any) -> object:
    match value:
        case bytes():
            return value.hex()
        case range():
            return list(value)
        case _:
            return {field.name: getattr(value, field.name) for field in fields(value)}


def _built(sort: Any, value: Any) -> Any:
    """Return a value of JSON as the type that a field has."""
    if is_dataclass(sort):
        types = _types(sort)
        return sort(**{name: _built(types[name], part) for name, part in value.items()})  # pyright: ignore
    if get_origin(sort) in (tuple, Sequence):
        each = get_args(sort)[0]
        return tuple(_built(each, part) for part in value)
    if sort is bytes:
        return bytes.fromhex(value)
    return sort(value) if isinstance(sort, type) and issubclass(sort, Enum) else value


@functools.cache
def _types(sort: Any) -> dict[str, Any]:
    return get_type_hints(sort)
