"""Many newcomers at once: what of a list does not go with the house, and bringing the rest in."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from canteen_pos.domain.cards import candidate_codes
from canteen_pos.domain.membership import NewMember
from canteen_pos.reports.rows import Trouble
from canteen_pos.reports.spreadsheets import PersonRow
from canteen_pos.services import id_numbers, members, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import members as rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.known_people import KnownPeople


@dataclass(slots=True)
class Against:
    """Compares rows one after the other with the house and with the rows before."""

    conn: Connection
    desk: Desk
    known: KnownPeople
    cap_fen: int
    _cards: dict[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _id_numbers: dict[str, int] = field(default_factory=dict)

    def troubles(self, row: int, member: NewMember, opening_fen: int) -> Iterator[Trouble]:
        """What keeps this row out: a card, number or person known already, here or further up in the list."""
        if member.card:
            yield from self._card(row, member.card)
        if member.member_no:
            if member.member_no in self.known.numbers:
                yield _trouble("member_no", "import.known_already", value=member.member_no)
            yield from _twin(self._numbers, "member_no", member.member_no, row)
        if member.id_number:
            number = id_numbers.normal(member.id_number)
            holder = self.known.id_hashes.get(id_numbers.find_hash(self.conn, self.desk, number))
            if holder:
                yield _trouble("id_number", "import.person_known", name=holder[0], member_no=holder[1])
            yield from _twin(self._id_numbers, "id_number", number, row, shown=f"…{number[-4:]}")
        if opening_fen > self.cap_fen:
            yield _trouble(
                "balance", "wallet.cap", cap_fen=self.cap_fen, balance_fen=0, room_fen=self.cap_fen
            )

    def doubt(self, member: NewMember) -> Trouble | None:
        """Somebody of this name and birth date is here already: a person decides."""
        born = member.birth_date.isoformat() if member.birth_date else ""
        holder = self.known.namesakes.get((member.name, born))
        if holder is None:
            return None
        return _trouble("name", "import.maybe_known", name=holder[0], member_no=holder[1])

    def _card(self, row: int, card: str) -> Iterator[Trouble]:
        forms = candidate_codes(card)
        if not forms:
            yield _trouble("card", "card.unreadable")
            return
        if any(form in self.known.cards for form in forms):
            yield _trouble("card", "import.known_already", value=card)
        first = next((self._cards[form] for form in forms if form in self._cards), None)
        if first is not None:
            yield _trouble("card", "import.twice", value=card, first_row=first)
        self._cards.setdefault(forms[0], row)


def bring_in(
    conn: Connection,
    desk: Desk,
    actor: Actor,
    people: Sequence[PersonRow],
    source: str,
    settlement_id: str = "",
) -> int:
    """Enrol everybody and open their purses with what they bring; how much in all, in fen. The right was checked."""
    openings = []
    numbers = members.Numbers(conn)
    today = desk.clock.now().date()
    for person in people:
        person_id = members.add(conn, desk, actor, person.member, source=source, numbers=numbers)
        if person.opening_fen:
            member = rows.by_id(conn, person_id, today)
            assert member is not None
            openings.append(
                wallets.Opening(member.account_id, person.opening_fen, secrets.token_hex(16), settlement_id)
            )
    wallets.open_with(conn, desk, actor, openings)
    return sum(opening.fen for opening in openings)


def _twin(seen: dict[str, int], key: str, value: str, row: int, shown: str = "") -> Iterator[Trouble]:
    if value in seen:
        yield _trouble(key, "import.twice", value=shown or value, first_row=seen[value])
    seen.setdefault(value, row)


def _trouble(key: str, code: str, **facts: object) -> Trouble:
    named: Mapping[str, object] = facts
    return Trouble(key, code, named)
