"""Who may collect a meal for somebody: a daughter, a neighbour, a carer; from a day to a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.person import ProxyOnFile
from canteen_pos.services import audit, belonging
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import people as rows

__all__ = ["NewProxy", "ProxyOnFile", "add", "end", "of"]


@dataclass(frozen=True, slots=True)
class NewProxy:
    """`until` is the last day, None until it is ended."""

    name: str
    phone: str = ""
    relation: str = ""
    since: date | None = None
    until: date | None = None


def of(desk: Desk, person_id: int) -> tuple[ProxyOnFile, ...]:
    """Who may collect for them today; the till shows it, so no right is asked."""
    with desk.db.read() as conn:
        return tuple(one for one in rows.proxies_of(conn, person_id, desk.clock.now().date()) if one.holds)


def add(desk: Desk, actor: Actor, person_id: int, proxy: NewProxy) -> int:
    """Needs 'enrol'. The proxy's id. Refusal 'member.unknown', 'member.left', 'member.name_empty', 'fact.ends_early'."""
    check(actor, "enrol")
    today = desk.clock.now().date()
    name = typed.line(proxy.name, typed.NAME)
    if not name:
        raise refuse("member.name_empty")
    since = proxy.since or today
    if proxy.until is not None and proxy.until < since:
        raise refuse("fact.ends_early", since=since, until=proxy.until)
    with desk.db.write() as conn:
        person_id = belonging.here(conn, desk, person_id)["id"]
        made = rows.add_proxy(
            conn,
            {
                "person_id": person_id,
                "name": name,
                "phone": typed.phone(proxy.phone),
                "relation": typed.line(proxy.relation, typed.NAME),
                "valid_from": since.isoformat(),
                "valid_to": proxy.until.isoformat() if proxy.until else None,
                "recorded_by": actor.user_id,
            },
        )
        audit.log(conn, desk, actor, "proxy_added", person_id=person_id, proxy_id=made)
    return made


def end(desk: Desk, actor: Actor, person_id: int, proxy_id: int, last_day: date | None = None) -> None:
    """They collect until `last_day` included; without one, from now on no more. Needs 'enrol'. Refusal 'proxy.unknown'."""
    check(actor, "enrol")
    last = last_day or desk.clock.now().date() - timedelta(days=1)
    with desk.db.write() as conn:
        if not rows.end_proxy(conn, proxy_id, person_id, last):
            raise refuse("proxy.unknown")
        audit.log(
            conn,
            desk,
            actor,
            "proxy_ended",
            person_id=person_id,
            proxy_id=proxy_id,
            last_day=last.isoformat(),
        )
