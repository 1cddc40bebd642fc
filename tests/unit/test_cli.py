"""The command line: one sentence for what cannot be done, exit codes that mean something, no weight it does not need."""

import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from canteen_pos import __version__, cli, paths
from canteen_pos.cli import playing
from canteen_pos.settings import FILE

CASES = Path(__file__).parents[1] / "data" / "published-rules.json"
ONE_CASE = {
    "name": "a lunch of 16.00, just 60",
    "at": "2025-02-12T12:05:00+08:00",
    "serving": "dine_in",
    "diner": {"birth_date": "1965-02-12"},
    "lines": [{"item": "meal", "kind": "set", "unit_fen": 1600, "quantity": 1}],
}


def call(*words: str | Path, language: str = "C") -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    said, complaints = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complaints), pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", language)
        patch.setattr(paths, "users_folder", lambda: Path("no-till-here"))
        try:
            code = cli.call([str(word) for word in words])
        except SystemExit as left:
            code = int(left.code or 0)
    return code, said.getvalue(), complaints.getvalue()


def case_file(folder: Path, case: object) -> Path:
    file = folder / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    return file


def test_help_names_every_command() -> None:
    code, said, _ = call("--help")
    assert code == 0
    for command in (
        "run",
        "demo",
        "quote",
        "verify",
        "ledger",
        "backup",
        "restore",
        "recover-key",
        "self-test",
    ):
        assert f"\n    {command}" in said
        code, own, _ = call(command, "--help")
        assert code == 0
        assert "--data" in own
        assert len(own) > 300, f"{command} --help teaches nothing"


def test_the_version() -> None:
    assert call("--version")[1] == f"canteen-pos {__version__}\n"


def test_quote_prints_the_quote_of_one_case(tmp_path: Path) -> None:
    code, said, complaints = call(
        "quote",
        "--pack",
        paths.resources() / "policies" / "wuhu.toml",
        "--case",
        case_file(tmp_path, ONE_CASE),
    )
    assert (code, complaints) == (0, "")
    (result,) = json.loads(said)
    assert result["list_fen"] == 1600
    assert result["pays_fen"] + sum(result["by_fund_fen"].values()) == 1600
    assert {"claimable_fen", "applied", "refused"} <= result.keys()
    assert "ok" not in result, "nothing was expected"


def test_quote_exits_1_on_a_difference(tmp_path: Path) -> None:
    expect = {"list_fen": 1600, "pays_fen": 1, "by_fund_fen": {}}
    file = case_file(tmp_path, {**ONE_CASE, "expect": expect})
    wuhu = paths.resources() / "policies" / "wuhu.toml"
    code, said, complaints = call("quote", "--pack", wuhu, "--case", file)
    assert code == 1
    assert json.loads(said)[0]["differences"][0]["field"] == "pays_fen"
    assert "1 of 1 differ" in complaints
    assert "a lunch of 16.00" in complaints
    _, _, complaints = call("quote", "--pack", wuhu, "--case", file, language="zh_CN.UTF-8")
    assert complaints.startswith("1 个案例里有 1 个和预期不同：")


def test_a_wrong_pack_is_told_in_the_language_of_the_machine(tmp_path: Path) -> None:
    pack = tmp_path / "ours.toml"
    pack.write_text('id = "ours"\n', encoding="utf-8")
    case = case_file(tmp_path, [])
    code, _, complaints = call("quote", "--pack", pack, "--case", case, language="zh_CN.UTF-8")
    assert code == cli.CANNOT
    assert complaints.splitlines()[0] == "ours.toml：字段 title：缺少这一项"
    (tmp_path / FILE).write_text('language = "en"\n', encoding="utf-8")
    words = ("quote", "--data", tmp_path, "--pack", pack, "--case", case)
    assert call(*words, language="zh_CN.UTF-8")[2].startswith("ours.toml: field title: is missing\n")


@pytest.mark.parametrize(
    ("case", "complaint"),
    [
        ("nonsense", "must be a case or a scheme with cases"),
        (
            {**ONE_CASE, "pack": "wuhu", "at": "noon"},
            'field at: must be a local time such as "2025-02-12T12:05:00+08:00", not "noon"',
        ),
        ({**ONE_CASE, "pack": "wuhu", "servnig": "x"}, "servnig"),
        ({**ONE_CASE, "pack": "nowhere"}, 'there is no pack "nowhere" here'),
    ],
)
def test_quote_says_exactly_what_is_wrong_with_a_case(tmp_path: Path, case: object, complaint: str) -> None:
    code, said, complaints = call(
        "quote", "--pack", paths.resources() / "policies", "--case", case_file(tmp_path, case)
    )
    assert (code, said) == (2, "")
    assert complaint in complaints
    assert "Traceback" not in complaints


def test_quote_says_exactly_what_is_wrong_with_a_pack(tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text('id = "own"\ntitle = "x"\ncolour = 1\n', encoding="utf-8")
    code, _, complaints = call("quote", "--pack", pack, "--case", case_file(tmp_path, ONE_CASE))
    assert code == 2
    assert "own.toml" in complaints
    assert "colour" in complaints


def test_quote_needs_no_database_and_no_window(tmp_path: Path) -> None:
    """In a process of its own, because this one has imported everything."""
    program = f"""
import sys
from canteen_pos import cli
assert cli.call(["quote", "--pack", {str(paths.resources() / "policies")!r}, "--case", {str(CASES)!r}]) == 0
heavy = [name for name in ("sqlalchemy", "alembic", "PySide6", "PIL", "reportlab", "escpos", "argon2")
         if name in sys.modules]
print("heavy:", heavy, file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "heavy: []" in done.stderr
    assert len(json.loads(done.stdout)) == 77


@pytest.mark.parametrize("command", ["verify", "ledger"])
def test_a_mistyped_folder_is_not_made(tmp_path: Path, command: str) -> None:
    code, said, complaints = call(command, "--data", tmp_path / "nowhere")
    assert (code, said, complaints) == (2, "", f"There is no folder {tmp_path / 'nowhere'}.\n")
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_folder_holds_no_canteen(tmp_path: Path) -> None:
    code, _, complaints = call("verify", "--data", tmp_path)
    assert code == 2
    assert "There is no canteen in" in complaints
    code, _, complaints = call("ledger", "--data", tmp_path)
    assert code == 2
    assert complaints.count("\n") == 1


def test_a_damaged_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "canteen.db").write_bytes(b"this is no database, whatever its name says" * 100)
    code, _, complaints = call("verify", "--data", tmp_path)
    assert code == 2
    assert complaints.startswith("The database cannot be opened")


def test_sentences_come_in_the_language_of_the_till(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('language = "zh"\n', encoding="utf-8")
    (tmp_path / "canteen.db").write_bytes(b"this is no database, whatever its name says" * 100)
    assert call("verify", "--data", tmp_path)[2].startswith("打不开数据库")


@pytest.mark.parametrize(
    ("platform", "variables", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], screen: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert playing.has_screen() is screen


def test_the_demo_never_plays_over_a_tills_own_books(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('language = "en"\n', encoding="utf-8")
    (tmp_path / "canteen.db").write_bytes(b"the books")
    code, _, complaints = call("demo", "--offscreen", "--out", tmp_path)
    assert (code, complaints) == (
        2,
        f"{tmp_path} is a till's own data folder: choose another for the demo.\n",
    )
    assert (tmp_path / "canteen.db").read_bytes() == b"the books"


def test_a_fault_of_ours_is_one_line_and_never_looks_like_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "canteen.db"
    assert call("verify", "--data", tmp_path)[0] == cli.CANNOT
    with closing(sqlite3.connect(file)) as conn:
        conn.executescript(
            "create table alembic_version(version_num text); insert into alembic_version values ('0001')"
        )
    code, _, complaints = call("verify", "--data", tmp_path)
    assert code == cli.CANNOT
    assert complaints.count("\n") == 1
    assert "no such table" in complaints
