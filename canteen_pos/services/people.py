"""People of the house, as the back office reaches them; each subject has a file of its own."""

from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.person import (
    FILTERS,
    CardOnFile,
    FactOnFile,
    PeopleFilter,
    PersonEdit,
    PersonRow,
    PersonStory,
    ProxyOnFile,
    RecentDocument,
    WhatIf,
)
from canteen_pos.services.leaving import Left, leave, return_
from canteen_pos.services.members import enrol
from canteen_pos.services.people_edit import edit
from canteen_pos.services.people_file import save_list
from canteen_pos.services.people_lists import count, counts, page
from canteen_pos.services.person_story import for_edit, reveal_id_number, story
from canteen_pos.services.what_if import dishes, what_if

__all__ = [
    "FILTERS",
    "CardOnFile",
    "FactOnFile",
    "Left",
    "NewMember",
    "PeopleFilter",
    "PersonEdit",
    "PersonRow",
    "PersonStory",
    "ProxyOnFile",
    "RecentDocument",
    "WhatIf",
    "count",
    "counts",
    "dishes",
    "edit",
    "enrol",
    "for_edit",
    "leave",
    "page",
    "return_",
    "reveal_id_number",
    "save_list",
    "story",
    "what_if",
]
