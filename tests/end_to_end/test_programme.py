"""The program as a whole: its rules, its first start, its test of itself."""

import json
from pathlib import Path

import pytest

from canteen_pos import app, paths, settings

from .conftest import canteen_pos

CASES = Path(__file__).parents[1] / "data" / "published-rules.json"


def test_every_published_case_is_met() -> None:
    done = canteen_pos("quote", "--pack", paths.resources() / "policies", "--case", CASES)
    assert (done.returncode, done.stderr) == (0, "")
    results = json.loads(done.stdout)
    assert len(results) == 77
    assert all(result["ok"] for result in results)


def test_one_fen_too_much_is_a_difference(tmp_path: Path) -> None:
    schemes = json.loads(CASES.read_text(encoding="utf-8"))
    schemes[3]["cases"][0]["expect"]["pays_fen"] += 1
    file = tmp_path / "altered.json"
    file.write_text(json.dumps(schemes, ensure_ascii=False), encoding="utf-8")
    done = canteen_pos("quote", "--pack", paths.resources() / "policies", "--case", file)
    assert done.returncode == 1
    assert schemes[3]["cases"][0]["name"] in done.stderr
    assert sum(not result["ok"] for result in json.loads(done.stdout)) == 1


@pytest.mark.slow
def test_the_product_tests_itself() -> None:
    done = canteen_pos("self-test")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 7
    assert all(line.startswith("ok") for line in lines)


def test_the_first_start_offers_its_choices(tmp_path: Path, qtbot: object) -> None:
    """An empty data folder: the light frame first, then demo, own canteen, training; nothing is founded yet."""
    machine = settings.load(tmp_path)
    application = app.start_qt(machine)
    house = app.TillHouse(tmp_path, machine)
    window, scanner = app.open_window(application, house, machine)
    try:
        assert window.welcome is None, "the frame stands before anything heavy"
        for _ in range(200):
            application.processEvents()
            if window.welcome is not None:
                break
        assert window.welcome is not None
        assert house.last() is None
        assert list(tmp_path.iterdir()) == []
    finally:
        application.removeEventFilter(scanner)
        window.close()
        app.leave(house)
