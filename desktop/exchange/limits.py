"""How much a file that comes in may hold; the figures are those of docs/architecture.md."""

from __future__ import annotations

FILE_BYTES = 100_000_000
"""Largest file that is looked at."""
UNPACKED_BYTES = 200_000_000
"""Largest sum of the sizes an xlsx declares for its parts."""
RATIO = 100
"""Most times an xlsx may swell when unpacked; files that stay under SMALL_BYTES are exempt."""
SMALL_BYTES = 10_000_000
COLUMNS = 200
"""Most columns of one sheet that may hold something."""
ROWS = 100_000
"""Most data rows of one sheet."""
HEADING_ROWS = 20
"""Rows above the data (titles, headings) that are granted beyond ROWS."""
STRAYS = 100
"""Most cells far away from the table that are left out with a note; more is refused."""
CHILD_BYTES = 480_000_000
"""Memory of the reading process."""
CHILD_SECONDS = 120.0
"""Time of the reading process on the wall clock."""

RESAVE = "请用 WPS 或 Excel 打开后另存为 xlsx，再导入"
