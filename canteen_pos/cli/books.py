"""Commands about a canteen's books: prove, export, back up, restore."""

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from canteen_pos.cli.console import CANNOT, FOUND_SOMETHING, Cannot, complain, data_folder, existing, say
from canteen_pos.domain.money import yuan

if TYPE_CHECKING:
    from canteen_pos.services.backups import Preview


def verify(asked: argparse.Namespace) -> int:
    """Prove the books: rebuild every amount from the documents.

    Walks each series' chain and counter, the ledger, quotas and balances of every database in the folder; names the
    first document that does not fit, and exits 1.
    """
    from canteen_pos import app as till

    folder = existing(asked.data)
    reports = till.verify(folder)
    if not reports:
        raise Cannot(f"There is no canteen in {folder}: no *.db file to verify.")
    for name, report in reports.items():
        if report.ok:
            say(f"{name}: {report.documents} documents fit")
            continue
        (document, what), *others = report.problems[:20]
        say(f"{name}: {document}: {what}")
        for document, what in others:
            say(f"  also {document}: {what}")
    return 0 if all(report.ok for report in reports.values()) else FOUND_SOMETHING


def ledger(asked: argparse.Namespace) -> int:
    """Export the whole ledger as plain-text accounting, which `bean-check FILE` checks.

    One transaction a document, amounts in yuan, accounts by what they mean: cash by till, clearing by tender, purses,
    receivables by fund, own discount, sales at list price. Meant for an accountant's own tools; nothing is changed.
    """
    from canteen_pos import app as till

    text = till.ledger(existing(asked.data))
    if asked.out is None:
        sys.stdout.write(text)
    else:
        asked.out.write_text(text, encoding="utf-8")
    return 0


def backup(asked: argparse.Namespace) -> int:
    """Copy the canteen's books, while the till goes on selling.

    FILE that ends in .zip is packed, any other is the database itself. Without FILE the copy goes where the till's
    own backups go (backup_to in till.toml, or the settings screen), is read back from there, and old ones are
    dropped. The copy is opened and read before it is called done. Demo and training are not in it. A canteen on
    PostgreSQL is copied into the same kind of file.
    """
    from canteen_pos import app as till

    if asked.file is None:
        done = till.back_up_by_plan(existing(asked.data))
        say(f"{done.where}: {done.file}, {done.size:,} bytes, read back and whole")
        return 0
    held = till.back_up(existing(asked.data), asked.file)
    say(f"{asked.file}: {held.documents} documents, the newest of {held.newest_at_utc or 'no day'}")
    return 0


def _losses(seen: "Preview") -> Iterator[str]:
    if seen.gone is None:
        return
    for kind, number, fen in seen.gone.by_kind:
        yield f"{kind.replace('_', ' ')}: {number}, {yuan(fen)} yuan"
    if seen.gone.people:
        yield f"people enrolled since: {seen.gone.people}"
    if seen.gone.erased:
        yield f"erased since, to be erased again: numbers {', '.join(seen.gone.erased)}"
    if seen.gone.customers:
        yield f"customers erased since, to be erased again: {len(seen.gone.customers)}"
    if seen.gone.documents:
        yield f"written from {seen.gone.first_at_utc} to {seen.gone.last_at_utc}"


def restore(asked: argparse.Namespace) -> int:
    """Put a backup in place of the canteen's books. Close every till first.

    Says what would be lost and does nothing until --yes is given. The backup has to prove itself as `verify` does; the
    books it replaces are kept beside it, on PostgreSQL in a schema of their own. Each till then numbers on in a new series,
    so that no printed number comes twice. Either kind of canteen takes a backup of the other: to move to several tills,
    write `database` into till.toml and restore.
    """
    from canteen_pos import app as till

    folder = data_folder(asked.data)
    seen = till.look_into(folder, asked.file)
    say(
        f"{asked.file}: {seen.backup.documents} documents, the newest of {seen.backup.newest_at_utc or 'no day'}"
    )
    if seen.lost is None:
        say("The books in use cannot be read: what they hold beyond the backup is not known.")
    else:
        say(f"Restoring it loses {seen.lost} documents written since.")
        for line in _losses(seen):
            say(f"  {line}")
    if not asked.yes:
        complain("Nothing was changed. Add --yes to restore.")
        return CANNOT
    say(f"Restored. Numbers now begin with: {', '.join(till.restore(folder, asked.file))}")
    return 0
