"""Both languages are complete, and the compiled catalogue is the one in the repository."""

import ast
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import canteen_pos
from canteen_pos import i18n, paths

ENGLISH = paths.resources() / "locale" / "en" / "LC_MESSAGES"


@pytest.fixture(autouse=True)
def chinese_again():
    yield
    i18n.set_language("zh")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (ENGLISH / "canteen_pos.po").open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def said_in_code() -> dict[tuple[str | None, str], str]:
    """(sense, Chinese text) -> where it stands, for every tr("...") and tr_as("sense", "...") of the package."""
    folder = Path(canteen_pos.__file__).parent
    keywords = {"tr": None, "tr_as": ((1, "c"), 2)}
    found = extract_from_dir(folder, method_map=[("**.py", "python")], keywords=keywords)
    return {
        (sense, text if isinstance(text, str) else text[-1]): f"{file}:{line}"
        for file, line, text, _, sense in found
    }


def test_every_text_of_the_code_has_its_english(catalogue, said_in_code):
    assert len(said_in_code) > 400
    lacking = [
        f"{where}: {text}"
        for (sense, text), where in said_in_code.items()
        if not ((found := catalogue.get(text, sense)) and found.string)
    ]
    assert not lacking, "run `make messages` and translate:\n" + "\n".join(sorted(lacking))


def test_every_text_can_be_collected():
    """pybabel finds tr("...") alone: not in an f-string, not translator(lang)("...")."""

    def wrong(call: ast.Call) -> bool:
        made = isinstance(call.func, ast.Call) and getattr(call.func.func, "id", "") == "translator"
        return made and isinstance(call.args[0], ast.Constant)

    lost = []
    for file in Path(canteen_pos.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            inside = list(ast.walk(node)) if isinstance(node, ast.JoinedStr) else []
            calls = [one for one in inside if isinstance(one, ast.Call)]
            if any(getattr(one.func, "id", "") in ("tr", "tr_as") for one in calls) or (
                isinstance(node, ast.Call) and wrong(node)
            ):
                lost.append(f"{file.name}:{node.lineno}")
    assert lost == []


def test_no_english_outlives_its_chinese(catalogue, said_in_code):
    written = [(message.context, message.id) for message in catalogue if message.id]
    assert [one for one in written if one not in said_in_code] == []


def test_translations_ask_for_the_same_facts(catalogue):
    def facts(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    wrong = [message.id for message in catalogue if facts(str(message.id)) != facts(str(message.string))]
    assert wrong == []


def test_the_compiled_catalogue_is_fresh(catalogue):
    with (ENGLISH / "canteen_pos.mo").open("rb") as file:
        compiled = read_mo(file)

    def words(of: Catalog) -> dict[tuple[str, str], str]:
        found = [message for message in of if message.id]
        return {(_sense(message.context), str(message.id)): str(message.string) for message in found}

    assert words(compiled) == words(catalogue)


def _sense(context: str | bytes | None) -> str:
    """The .mo file's reader leaves contexts as bytes."""
    return context.decode() if isinstance(context, bytes) else context or ""


def test_the_language_is_chosen_for_the_window_and_passed_in_for_paper():
    assert i18n.tr("挂单") == "挂单"
    i18n.set_language("en")
    assert (i18n.language(), i18n.tr("挂单")) == ("en", "Park")
    assert i18n.translator("zh")("挂单") == "挂单"
    assert i18n.tr("没有翻译的话") == "没有翻译的话"


def test_one_chinese_word_may_have_two_english_ones():
    assert i18n.tr_as("people", "就餐人") == "就餐人"
    i18n.set_language("en")
    assert (i18n.tr("就餐人"), i18n.tr_as("people", "就餐人")) == ("Diner", "People")
    assert i18n.tr_as("people", "没有翻译的话") == "没有翻译的话"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no such language: fr"):
        i18n.set_language("fr")
