"""Commands about a canteen's books: prove, export, back up, restore."""

import argparse
import sys

from canteen_pos.cli.console import CANNOT, FOUND_SOMETHING, Cannot, complain, data_folder, existing, say


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
    """Copy the canteen's books to a file, while the till goes on selling.

    The copy is opened and read before it is called done. Demo and training are not in it. With several tills on
    PostgreSQL use pg_dump.
    """
    from canteen_pos import app as till

    held = till.back_up(existing(asked.data), asked.file)
    say(f"{asked.file}: {held.documents} documents, the newest of {held.newest_at_utc or 'no day'}")
    return 0


def restore(asked: argparse.Namespace) -> int:
    """Put a backup in place of the canteen's books. Close every till first.

    Says what would be lost and does nothing until --yes is given. The backup has to prove itself as `verify` does; the
    books it replaces are kept beside it. Each till then numbers on in a new series, so that no printed number comes twice.
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
    if not asked.yes:
        complain("Nothing was changed. Add --yes to restore.")
        return CANNOT
    say(f"Restored. Numbers now begin with: {', '.join(till.restore(folder, asked.file))}")
    return 0
