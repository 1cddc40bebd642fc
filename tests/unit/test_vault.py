"""The key of ID numbers: sealing and opening, finding, letters on paper that find their own typing errors."""

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos import vault
from canteen_pos.domain import recovery_code
from canteen_pos.domain.errors import Refusal

KEYS = st.binary(min_size=recovery_code.KEY_BYTES, max_size=recovery_code.KEY_BYTES)
NUMBERS = st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True)
OWNERS = st.text("0123456789abcdef", min_size=16, max_size=16)
LETTERS = st.sampled_from(recovery_code.LETTERS)
GROUP = recovery_code.DATA + 1


def mistyped(typed) -> list[int]:
    with pytest.raises(Refusal) as refused:
        recovery_code.read(typed)
    assert refused.value.code == "id_key.mistyped"
    return refused.value.facts["groups"]


@given(KEYS, OWNERS, NUMBERS)
def test_what_is_sealed_opens_with_its_key_and_as_its_owners_only(
    key: bytes, owner: str, number: str
) -> None:
    sealed = vault.seal(key, owner, number)
    assert number not in sealed
    assert vault.unseal(key, owner, sealed) == number
    with pytest.raises(vault.Tampered):
        vault.unseal(key, owner + "0", sealed)
    other = bytes([key[0] ^ 1]) + key[1:]
    with pytest.raises(vault.Tampered):
        vault.unseal(other, owner, sealed)
    assert vault.check_value(other) != vault.check_value(key)
    assert vault.find_hash(other, number) != vault.find_hash(key, number)


@given(KEYS, NUMBERS, st.data())
def test_a_changed_seal_never_opens(key: bytes, number: str, data) -> None:
    sealed = vault.seal(key, "owner", number)
    place = data.draw(st.integers(0, len(sealed) - 1))
    letter = data.draw(st.sampled_from("ABCDabcd0123-_v:=").filter(lambda one: one != sealed[place]))
    with pytest.raises(vault.Tampered):
        vault.unseal(key, "owner", sealed[:place] + letter + sealed[place + 1 :])
    with pytest.raises(vault.Tampered):
        vault.unseal(key, "owner", sealed[:place])


@given(KEYS, NUMBERS, NUMBERS)
def test_a_number_is_found_by_one_hash_and_sealed_twice_never_alike(key: bytes, one: str, other: str) -> None:
    assert (vault.find_hash(key, one) == vault.find_hash(key, other)) == (one == other)
    assert vault.seal(key, "owner", one) != vault.seal(key, "owner", one)
    assert vault.check_value(key) not in vault.find_hash(key, one)


@given(KEYS, st.sampled_from(["-", " ", "\n", "", "  -  ", "，"]), st.booleans())
def test_letters_bring_the_key_back_however_they_are_typed(key: bytes, between: str, small: bool) -> None:
    groups = recovery_code.groups_of(key)
    assert [len(group) for group in groups] == [GROUP] * recovery_code.GROUPS
    typed = between.join(groups)
    typed = typed.lower() if small else typed
    assert recovery_code.read(typed) == key
    assert recovery_code.read(tuple(groups)) == key
    alike = typed.replace("0", "o").replace("1", "l")
    assert recovery_code.read(alike) == key
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in typed)
    assert recovery_code.read(wide) == key


@given(KEYS, st.integers(0, recovery_code.GROUPS - 1), st.integers(0, GROUP - 1), LETTERS)
def test_one_wrong_letter_names_its_group(key: bytes, group: int, place: int, letter: str) -> None:
    groups = list(recovery_code.groups_of(key))
    if groups[group][place] == letter:
        return
    groups[group] = groups[group][:place] + letter + groups[group][place + 1 :]
    assert mistyped("-".join(groups)) == [group + 1]
    assert mistyped(groups) == [group + 1]


@given(KEYS, st.integers(0, recovery_code.GROUPS - 1), st.integers(0, GROUP - 2), st.integers(1, GROUP - 1))
def test_two_letters_that_changed_places_name_their_group(
    key: bytes, group: int, place: int, far: int
) -> None:
    groups = list(recovery_code.groups_of(key))
    letters = list(groups[group])
    other = min(place + far, GROUP - 1)
    letters[place], letters[other] = letters[other], letters[place]
    if "".join(letters) == groups[group]:
        return
    groups[group] = "".join(letters)
    assert mistyped(groups) == [group + 1]


@given(KEYS, st.integers(0, recovery_code.GROUPS - 2))
def test_two_groups_that_changed_places_are_both_named(key: bytes, group: int) -> None:
    groups = list(recovery_code.groups_of(key))
    groups[group], groups[group + 1] = groups[group + 1], groups[group]
    if groups[group] == groups[group + 1]:
        return
    assert mistyped(groups) == [group + 1, group + 2]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", 0), ("27VAE", 1), ("27VAE-V3P56-58MR4-9AXAS-ZNY3Y-PMB5X-0DW5Q", 7), (["27VAE"] * 9, 9)],
)
def test_a_group_left_out_is_counted(typed, found: int) -> None:
    with pytest.raises(Refusal) as refused:
        recovery_code.read(typed)
    assert (refused.value.code, refused.value.facts) == ("id_key.groups", {"found": found, "wanted": 8})


def test_a_short_group_and_letters_we_do_not_have_are_named() -> None:
    groups = list(recovery_code.groups_of(bytes(20)))
    assert mistyped([groups[0][:4], "0000!", *groups[2:]]) == [1, 2]


def test_the_key_file_is_its_owners_alone_and_nothing_is_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "canteen.key"
    assert vault.read_key(file) is None
    first, second = vault.new_key(), vault.new_key()
    vault.write_key(file, first)
    assert vault.read_key(file) == first
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    vault.write_key(file, second)
    assert vault.read_key(file) == second
    assert vault.read_key(tmp_path / "canteen.key-1") == first
    file.write_text(file.read_text("utf-8")[:-3], "utf-8")
    with pytest.raises(Refusal):
        vault.read_key(file)
