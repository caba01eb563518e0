"""What is worth knowing before papers are printed, though nothing stands in their way."""

from __future__ import annotations

from collections.abc import Collection

from desktop.records.staff import Office

ENVELOPES = "envelopes"


def hints(documents: Collection[str], office: Office, *, sender: bool) -> list[str]:
    """Return sentences about documents to be printed; `sender` says that envelopes carry the office's own name."""
    if ENVELOPES in documents and sender and not office.address.strip():
        return ["“设置”里没有填写单位地址，信封上只印单位名称，退信可能寄不回来。"]
    return []
