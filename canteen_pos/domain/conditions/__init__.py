"""What a rule may ask before it gives: small frozen questions, nested with AllOf, AnyOf and Not.

Each question answers in two ways: `refusal(scene)` is None when it holds, else the first reason why not; `facts(scene)`
are the facts it looked at, asked only of questions that held. Codes are wording's; a diner's facts stand in
`facts` of the reason and are for staff only.
"""

from canteen_pos.domain.conditions.eater import (
    Age,
    CareLevel,
    Categories,
    From,
    Identified,
    InInstitution,
    Permits,
)
from canteen_pos.domain.conditions.nesting import ALWAYS, AllOf, AnyOf, Not, questions
from canteen_pos.domain.conditions.occasion import (
    Has,
    Paid,
    Periods,
    ServedAs,
    SiteFact,
    Spend,
    Weekdays,
    Workday,
)
from canteen_pos.domain.conditions.scene import NOBODY, Condition, Home, Scene, SpendBase

__all__ = [
    "ALWAYS",
    "NOBODY",
    "Age",
    "AllOf",
    "AnyOf",
    "CareLevel",
    "Categories",
    "Condition",
    "From",
    "Has",
    "Home",
    "Identified",
    "InInstitution",
    "Not",
    "Paid",
    "Periods",
    "Permits",
    "Scene",
    "ServedAs",
    "SiteFact",
    "Spend",
    "SpendBase",
    "Weekdays",
    "Workday",
    "questions",
]
