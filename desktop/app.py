"""The composition root: the only file that knows every folder; it builds and connects, and decides nothing."""

from __future__ import annotations

import getpass
import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop import cli, journal
from desktop.commands import entry
from desktop.commands.answer import Answer
from desktop.errors import TroubleError
from desktop.records import passwords
from desktop.records.base import database, reading
from desktop.records.staff import Office
from desktop.records.users import Role, User
from desktop.services import rights
from desktop.services.desk import Desk, build_desk
from desktop.storage import gate, office, opening, unlocking, user_keys

if TYPE_CHECKING:
    from desktop.records.backups import Backup
    from desktop.records.pack import FormCopies, Letters
    from desktop.records.papers import FormPaper, PreflightFault, Printed, Watch
    from desktop.records.rescued import Rescued
    from desktop.services.papers import Drawers
    from desktop.storage.vault import Vault
    from desktop.ui.mending_doors import Mending

READ_SHEET = "--read-sheet"
COMMANDS = {  # command → the module of desktop/commands that does it, and its function
    "demo": ("demo", "demo"),
    "new": ("files", "new"),
    "backup": ("files", "save_copy"),
    "backups": ("files", "backups"),
    "restore": ("files", "restore"),
    "drill": ("files", "drill"),
    "rescue": ("files", "rescue"),
    "check": ("files", "check"),
    "kinds": ("records", "kinds"),
    "add": ("records", "add"),
    "set": ("records", "change"),
    "show": ("records", "show"),
    "list": ("records", "listed"),
    "remove": ("records", "remove"),
    "do": ("records", "do"),
    "import": ("sheets", "bring_in"),
    "undo": ("sheets", "undo"),
    "export": ("sheets", "export"),
    "print": ("papers", "print_document"),
    "print-log": ("papers", "log"),
    "reprint": ("papers", "reprint"),
    "trail": ("traces", "trail"),
    "bin": ("traces", "listed"),
    "recover": ("traces", "recover"),
    "purge": ("traces", "purge"),
    "export-log": ("traces", "export_log"),
    "due": ("clock", "due"),
    "notice": ("clock", "notice"),
    "moved": ("clock", "moved"),
    "report": ("reports", "report"),
    "password": ("passwords", "password"),
    "recovery-sheet": ("passwords", "recovery_sheet"),
    "users": ("passwords", "users"),
}
WITHOUT_OFFICE = ("kinds", "backups", "restore", "drill", "rescue", "check", "demo")
ON_THE_FILE = ("backups", "restore", "drill", "rescue", "check")
"""Commands that ask for the password of the file but look at it from outside."""
HELD = "数据文件已在另一个窗口中打开，那个窗口没有响应；这里只能查看，不能保存改动。请关闭那个窗口后重新打开"
LOOKS_ONLY = "您的身份是“查看”：可以查看、统计和打印样稿，不能保存改动"


def main(words: Sequence[str] | None = None) -> int:
    """Run the program: a sheet-reading child, one command, or the window."""
    words = list(sys.argv[1:] if words is None else words)
    if words[:1] == [READ_SHEET]:
        from desktop.exchange.child import run_child

        return run_child(words[1:])
    os.umask(0o077)  # what any part or library writes is the user's alone: names, addresses, numbers
    journal.begin()
    return cli.run(words, carry_out)


def carry_out(asked: Namespace) -> Answer:
    """Open what the command needs, run it, and close; whatever goes wrong comes out as a sentence."""
    try:
        with journal.caught(), reading():
            if asked.command is None:
                return _window(asked)
            return _command(asked.command)(_desk_for(asked), asked)
    finally:
        office.close()


def _desk_for(asked: Namespace) -> Desk | None:
    path = Path(asked.data)
    if asked.command in WITHOUT_OFFICE:
        if asked.command in ON_THE_FILE:
            entry.let_in(asked)
        return None
    if asked.command == "new":
        return make_office(path, entry.password_in(asked.password_file) if asked.password_file else None)
    desk = desk_for_file(path, *entry.password_for(path, asked))
    desk.rights.require(rights.COMMANDS[asked.command])
    if desk.notice:
        print(desk.notice, file=sys.stderr)
    return desk


def desk_for_file(path: Path, password: str | None = None, name: str = "") -> Desk:
    """Open an office file, by a user's password where it has one; raises LockedError, TroubleError."""
    file, user = opening.open_for(path, password, name)
    looks_only = user is not None and user.role is Role.VIEWER and gate.access(path) == "rw"
    notice = LOOKS_ONLY if looks_only else office.notice_of(file)
    return desk_of(read_only=file.read_only, notice=notice, user=user)


def make_office(path: Path, password: str | None = None) -> Desk:
    """Make an office file and open it, encrypted where a password is given; raises UserError, TroubleError."""
    if password is None:
        office.create(path)
        return desk_of(read_only=False)
    key, keys, user = user_keys.first_keys(passwords.checked(password))
    office.create(path, key=key, keys=keys)
    opening.remember(key.fingerprint, user, keys)
    return desk_of(read_only=False, user=user)


def desk_of(*, read_only: bool, notice: str = "", user: User | None = None) -> Desk:
    """Build the services on the open office file for who opened it; `notice` says why nothing can be saved to it."""
    from desktop.commands.protecting import Protection

    file = opening.present()
    keys = user_keys.UserKeys(file, user) if user else None
    return build_desk(
        drawers,
        lay_out,
        who=trail_name(user),
        read_only=read_only,
        notice=notice,
        vault=vault,
        rights=rights.Rights(user),
        keys=keys,
        protection=Protection(Path(file.path)),
    )


def trail_name(user: User | None) -> str:
    """Return who is named in the trail: the user of an encrypted file, else who sits at this computer."""
    if user is None:
        return user_name()
    return user.name if user.id and not user.unnamed else f"{user_name()}（{user.name}）"


def vault() -> Vault:
    """Return what keeps the backups of the open office file."""
    from desktop.storage.vault import Vault

    return Vault(Path(database.obj.path))


def drawers() -> Drawers:
    """Return what draws the papers, set to the office's fonts; reportlab takes 0.1 s to load at the first call."""
    from desktop.documents import (
        address_labels,
        briefing,
        contact_cards,
        diary_booklet,
        envelopes,
        form_paper,
        invitation,
        leaflets,
        list_paper,
        name_badges,
        notice,
        overdue_notice,
        place_cards,
        pocket_cards,
        programme,
        reply_letters,
        report_paper,
        roles,
        sign_in_sheet,
        ticket_sheets,
    )
    from desktop.services.papers import Drawer

    own = Office.select().first()
    roles.use(roles.FontSource.BUNDLED if own and own.own_fonts else roles.FontSource.SYSTEM_FIRST)

    def check_letters(values: Letters) -> list[PreflightFault]:
        return invitation.preflight(values.form, values.letters)

    def write_letters(target: Path, values: Letters, *, separate: bool, watch: Watch | None) -> Printed:
        return invitation.write_letters(target, values.form, values.letters, separate=separate, watch=watch)

    def check_form(values: FormCopies) -> list[PreflightFault]:
        return form_paper.preflight(values.paper)

    sheets = Drawer(ticket_sheets.preflight, ticket_sheets.write_sheets, roles.by_hand)
    lists = Drawer(list_paper.preflight, list_paper.write_list, roles.by_hand)
    return {
        "invitation-letters": Drawer(check_letters, write_letters, roles.by_hand),
        "envelopes": Drawer(envelopes.preflight, envelopes.write_envelopes, roles.by_hand),
        "labels": Drawer(address_labels.preflight, address_labels.write_labels, roles.by_hand),
        "place-cards": Drawer(place_cards.preflight, place_cards.write_cards, roles.by_hand),
        "name-badges": Drawer(name_badges.preflight, name_badges.write_badges, roles.by_hand),
        "sign-in-sheet": Drawer(sign_in_sheet.preflight, sign_in_sheet.write_sheet, roles.by_hand),
        "notice": Drawer(notice.preflight, notice.write_notices),
        "programme": Drawer(programme.preflight, programme.write_programme),
        "leaflets": Drawer(leaflets.preflight, leaflets.write_leaflets),
        "contact-cards": Drawer(contact_cards.preflight, contact_cards.write_cards, roles.by_hand),
        "feedback-forms": Drawer(check_form, write_forms, roles.by_hand),
        "assignment-slips": sheets,
        "urge-slips": sheets,
        "meeting-agenda": sheets,
        "reply-letters": Drawer(reply_letters.preflight, reply_letters.write_letters, roles.by_hand),
        "overdue-notice": Drawer(overdue_notice.preflight, overdue_notice.write_notice),
        "ticket-ledger": lists,
        "write-off-list": lists,
        "meeting-resolutions": lists,
        "visit-sheets": sheets,
        "pairing-cards": sheets,
        "link-cards": sheets,
        "pocket-cards": Drawer(pocket_cards.preflight, pocket_cards.write_cards, roles.by_hand),
        "visit-ledger": lists,
        "visit-plan": lists,
        "condolence-list": lists,
        "quota-bulletin": lists,
        "diary-booklet": Drawer(diary_booklet.preflight, diary_booklet.write_booklet, roles.by_hand),
        "briefing": Drawer(briefing.preflight, briefing.write_briefing),
        "report": Drawer(report_paper.preflight, report_paper.write_report, roles.by_hand),
    }


def write_forms(target: Path, values: FormCopies, *, watch: Watch | None) -> Printed:
    """Write copies of a form, by its frozen layout where it has one."""
    from desktop.documents import form_paper, form_record

    frozen = form_record.layout_of(values.layout) if values.layout else None
    return form_paper.write_forms(target, values.paper, values.serials, watch=watch, layout=frozen)


def lay_out(form: FormPaper) -> tuple[dict[str, Any], str]:
    """Return the layout of a form and the hash of its blank page, to be frozen at its first issue."""
    from desktop.documents.form_record import layout_hash, layout_record

    record = layout_record(form)
    return record, layout_hash(record)


def user_name() -> str:
    """Return who sits at this computer, for the trail."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _command(name: str) -> Callable[[Any, Namespace], Answer]:
    """Return what does a command, loading no more than that."""
    module, function = COMMANDS[name]
    return getattr(importlib.import_module(f"desktop.commands.{module}"), function)


def _window(asked: Namespace) -> Answer:
    """Open the window; it opens the office file itself, so that it can tell what is wrong with it."""
    if _has_no_screen():  # Qt would end the program on the spot, with an English sentence for programmers
        raise TroubleError(
            "这台机器没有可用的显示器，窗口打不开；请在有桌面的电脑上运行，或用命令办理，见 openday --help"
        )
    from desktop.ui.run import run_window

    entry.try_file(asked)
    run_window(
        Path(asked.data), open_desk, new_desk, journal.report, locked=unlocking.needs_name, mending=mending()
    )
    return Answer({"office": str(asked.data)}, "")


def mending() -> Mending:
    """Return what can be done for a file that won't open, or that another window holds."""
    from desktop.ui.mending_doors import Mending

    return Mending(look_desk, gate.is_older, good_backup, restore, rescue)


def look_desk(path: Path) -> Desk:
    """Open an office file for reading only, since another window holds it; raises LockedError, TroubleError."""
    office.close()
    _, user = opening.open_for(path, read_only=True)
    return desk_of(read_only=True, notice=HELD, user=user)


def good_backup(path: Path) -> Backup | None:
    """Return the newest backup of a file that is sound and as it was labelled; None where there is none."""
    from desktop.storage.vault import Vault

    return Vault(path).newest_sound()


def restore(path: Path, backup: Path) -> None:
    """Put a backup in the place of a file that nobody has open."""
    from desktop.storage.vault import Vault

    Vault(path).restore(backup)


def rescue(path: Path, out: Path, watch: Watch | None = None) -> Rescued:
    """Take what can be read of a damaged file into a new one."""
    from desktop.storage.rescue import rescue as take

    return take(path, out, watch)


def _has_no_screen() -> bool:
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in told)


def open_desk(path: Path, password: str | None = None, name: str = "") -> Desk:
    """Open an office file for the window; raises LockedError, TroubleError."""
    office.close()
    return desk_for_file(path, password, name)


def new_desk(path: Path, settings: Office, password: str | None = None) -> Desk:
    """Make an office file for the window, with its settings and what every office starts with."""
    office.close()
    desk = make_office(path, password)
    desk.offices.set_up(settings)
    return desk
