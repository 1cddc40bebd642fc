"""What the demo lunch leaves behind is whole and adds up."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from .conftest import Played, canteen_pos

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="session")
def summary(played: Played) -> dict[str, object]:
    found: dict[str, object] = json.loads((played.out / "summary.json").read_text(encoding="utf-8"))
    return found


def test_all_went_well(played: Played) -> None:
    assert (played.code, played.complaints) == (0, "")
    assert "No screen here: playing a demo lunch" in played.said


def test_it_leaves_nothing_in_the_users_own_folder(played: Played) -> None:
    assert [path for path in played.home.rglob("*") if path.suffix in (".db", ".toml")] == []


def test_no_trouble_is_in_the_log(played: Played) -> None:
    log = played.out / "canteen.log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    assert [line for line in lines if " INFO " not in line] == []


def test_the_summary_adds_up(summary: dict[str, int]) -> None:
    funds: dict[str, int] = summary["by_fund_fen"]  # type: ignore[assignment]
    assert summary["list_fen"] == summary["diners_paid_fen"] + sum(funds.values())
    assert summary["diners_paid_fen"] == sum(summary["by_tender_fen"].values())  # type: ignore[attr-defined]
    assert summary["sales"] >= 25
    assert summary["refunds"] == 1
    assert summary["verified"] is True
    assert {"city", "district", "town", "operator"} <= funds.keys()


def test_the_summary_is_what_the_database_says(played: Played, summary: dict[str, int]) -> None:
    """Summed anew from the rows, by SQL."""
    with sqlite3.connect(f"file:{played.out / 'canteen.db'}?mode=ro", uri=True) as conn:
        sales, refunds, list_fen, pays_fen = conn.execute(
            "select sum(kind = 'sale'), sum(kind = 'refund'), sum(list_fen), sum(pays_fen)"
            " from documents where business_date = ? and kind in ('sale', 'refund')",
            (summary["business_date"],),
        ).fetchone()
        funds = dict(
            conn.execute(
                "select fund, sum(fen) from document_shares join documents on id = document_id"
                " where business_date = ? and kind in ('sale', 'refund') group by fund",
                (summary["business_date"],),
            )
        )
        tenders = conn.execute(
            "select count(distinct tender) from payments join documents on id = document_id where business_date = ?",
            (summary["business_date"],),
        ).fetchone()[0]
        (open_shifts,) = conn.execute("select count(*) from shifts where closed_at_utc is null").fetchone()
    conn.close()
    assert (sales, refunds) == (summary["sales"], summary["refunds"])
    assert (list_fen, pays_fen, funds) == (
        summary["list_fen"],
        summary["diners_paid_fen"],
        summary["by_fund_fen"],
    )
    assert tenders >= 7
    assert open_shifts == 0


def test_every_sale_has_its_receipt(played: Played, summary: dict[str, int]) -> None:
    pictures = sorted((played.out / "receipts").glob("*.png"))
    sent = sorted((played.out / "receipts").glob("*.bin"))
    assert [path.stem for path in pictures] == [path.stem for path in sent]
    assert len(pictures) > summary["sales"]
    assert all(path.read_bytes().startswith(b"\x1b@") for path in sent), (
        "every ticket begins by resetting the printer"
    )
    assert all(height(path) > 100 for path in pictures)


def height(file: Path) -> int:
    with Image.open(file) as picture:
        return picture.height


def test_the_pictures_show_something(played: Played) -> None:
    pictures = {path.stem: path for path in (played.out / "screens").glob("*.png")}
    for dress in ("light", "dark"):
        for wide, high in ((1366, 768), (1920, 1080)):
            for lang in ("zh", "en"):
                with Image.open(pictures[f"till-{lang}-{dress}-{wide}x{high}"]) as picture:
                    assert picture.size == (wide, high)
                    assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 100
    wanted = {
        "welcome",
        "sign-in",
        "shift-open",
        "refund",
        "x-report",
        "count",
        "customer-display",
        "keys",
        "enrol",
    }
    assert wanted <= pictures.keys()
    assert "stuck" not in pictures, "what an earlier lunch left is gone"
    assert (played.out / "screens" / "mine.txt").exists(), "what is no picture of ours stays"


def test_verify_says_so_and_finds_a_changed_amount(played: Played, tmp_path: Path) -> None:
    assert canteen_pos("verify", "--data", played.out).returncode == 0
    database = tmp_path / "canteen.db"
    shutil.copyfile(played.out / "canteen.db", database)
    conn = sqlite3.connect(database)
    document, number = conn.execute(
        "select id, number from documents where kind = 'sale' order by number limit 1 offset 5"
    ).fetchone()
    conn.execute("update documents set pays_fen = pays_fen - 1 where id = ?", (document,))
    conn.commit()
    conn.close()
    done = canteen_pos("verify", "--data", tmp_path)
    assert done.returncode == 1
    assert f"{number:06d}" in done.stdout.splitlines()[0]


def test_the_ledger_can_be_exported(played: Played, tmp_path: Path) -> None:
    from beancount import loader

    file = tmp_path / "ledger.beancount"
    done = canteen_pos("ledger", "--data", played.out, "--out", file)
    assert (done.returncode, done.stderr) == (0, "")
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    assert len(entries) > 100
