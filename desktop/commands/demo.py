"""demo: a lifelike sample office and one whole event pack, for a first look and for the smoke test."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop.commands.answer import Answer
from desktop.errors import UserError
from desktop.files import folder_for
from desktop.services.desk import Desk
from desktop.storage import office


def demo(_desk: Desk | None, asked: Namespace) -> Answer:
    """Make DIR/office.openday and print the pack of its coming open day into DIR."""
    from desktop.app import new_desk
    from desktop.services.sample import fill_office, own_office, pack

    folder = folder_for(Path(asked.folder))
    office_file = folder / "office.openday"
    if office_file.exists():
        raise UserError(f"“{office_file}”已经存在，不会覆盖它；请换一个空文件夹", field="folder")
    desk = new_desk(office_file, own_office())
    try:
        fill_office(desk)
        files = [name for order in pack(desk, folder) for name in desk.press.print(order).files]
    except BaseException:
        office.discard(office_file)  # without it the next try begins anew
        raise
    told = "\n".join(["已建好示例单位：", f"  {office_file}", "并印出：", *(f"  {name}" for name in files)])
    return Answer({"office": str(office_file), "files": files}, told)
