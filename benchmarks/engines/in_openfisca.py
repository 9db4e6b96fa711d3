"""The rules of 2014 as variables of openfisca-core, worked out for everybody at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from facts import OTHERS_INSIDE, OUTSIDE, OWED, SHOWN_BY, UNPAID, Figures
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

import cecrules as cec

ACTIVITY = build_entity(key="activity", plural="activities", label="What somebody did", is_person=True)
MEMBER = build_entity(
    key="member", plural="members", label="Somebody", roles=[{"key": "done", "plural": "done", "label": "Done"}]
)
Kind = Enum("Kind", {kind.value: kind.label for kind in cec.ActivityKind})
YEAR = "2014"
SYSTEM = TaxBenefitSystem([ACTIVITY, MEMBER])


def _variable(name: str, entity: Any, value_type: type = int, formula: Any = None, **more: Any) -> None:
    made = {"value_type": value_type, "entity": entity, "definition_period": DateUnit.YEAR, "label": name, **more}
    SYSTEM.add_variable(type(name, (Variable,), made | ({"formula": formula} if formula else {})))


def _of(activity: Any, period: Any, kinds: Any) -> Any:
    kind = activity("kind", period)
    return sum(kind == Kind[name] for name in kinds).astype(bool)


def _accepted(activity: Any, period: Any) -> Any:
    shown = sum(
        _of(activity, period, kinds) * activity(f"shows_{number}", period) for number, (kinds, _) in enumerate(SHOWN_BY)
    )
    bought = ~_of(activity, period, ["grace_hill_course"]) | activity("bought", period)
    unpaid = ~(activity("compensated", period) & _of(activity, period, UNPAID))
    return (activity("year", period) == activity("wanted", period)) & bought & unpaid & (shown > 0)


def _addressing(activity: Any, period: Any) -> Any:
    return activity("accepted", period) & activity("addresses", period)


def _inside(among: str) -> Any:
    def formula(member: Any, period: Any) -> Any:
        def minutes(kinds: Any) -> Any:
            counted = member.members(among, period) * _of(member.members, period, kinds)
            return member.sum(counted * member.members("minutes", period))

        def different(kind: str) -> Any:
            counted = member.members(among, period) & _of(member.members, period, [kind])
            pairs = np.stack([member.members_entity_id[counted], member.members("same", period)[counted]])
            return np.bincount(np.unique(pairs, axis=1)[0], minlength=member.count)

        service = np.minimum(60 * different("association_service"), 180)
        taught = np.minimum(minutes(["association_instruction"]), 180)
        return service + 60 * different("legislative_event") + taught + minutes(OTHERS_INSIDE)

    return formula


def _outside(among: str) -> Any:
    def formula(member: Any, period: Any) -> Any:
        counted = member.members(among, period) * _of(member.members, period, OUTSIDE)
        return np.minimum(member.sum(counted * member.members("minutes", period)), member("required", period) // 2)

    return formula


def _required(member: Any, period: Any) -> Any:
    return np.max([member(f"holds_{code}", period) * OWED[code] for code in OWED], axis=0)


def _renewable(member: Any, period: Any) -> Any:
    required, inside = member("required", period), member("in_network", period)
    return (member("credited", period) >= required) & (2 * inside >= required) & (member("compliance", period) >= 60)


def _sum_of(*names: str) -> Any:
    return lambda entity, period: sum(entity(name, period) for name in names)


FLAGS = ["addresses", "compensated", "bought", *[f"shows_{number}" for number in range(len(SHOWN_BY))]]
_variable("kind", ACTIVITY, Enum, possible_values=Kind, default_value=Kind["unlisted"])
for _name in ("year", "wanted", "minutes", "same"):
    _variable(_name, ACTIVITY)
for _name in FLAGS:
    _variable(_name, ACTIVITY, bool)
for _name in OWED:
    _variable(f"holds_{_name}", MEMBER, bool)
_variable("accepted", ACTIVITY, bool, _accepted)
_variable("addressing", ACTIVITY, bool, _addressing)
_variable("required", MEMBER, int, _required)
_variable("in_network", MEMBER, int, _inside("accepted"))
_variable("outside", MEMBER, int, _outside("accepted"))
_variable("compliance_in_network", MEMBER, int, _inside("addressing"))
_variable("compliance_outside", MEMBER, int, _outside("addressing"))
_variable("credited", MEMBER, int, _sum_of("in_network", "outside"))
_variable("compliance", MEMBER, int, _sum_of("compliance_in_network", "compliance_outside"))
_variable("renewable", MEMBER, bool, _renewable)

FIGURES = ("renewable", "required", "credited", "in_network", "compliance")
# Whose each activity is, and the input variables as arrays.
Inputs = tuple[Any, int, dict[str, Any]]


def prepare(people: list[dict[str, Any]]) -> Inputs:
    """Returns the people as arrays, one a variable."""
    done = [(m, person["year"], a) for m, person in enumerate(people) for a in person["activities"]]
    alike: dict[str, int] = {}
    arrays = {
        "kind": Kind.encode(np.array([a["kind"] for _, _, a in done])),
        "year": np.array([a["year"] for _, _, a in done]),
        "wanted": np.array([year for _, year, _ in done]),
        "minutes": np.array([a["minutes"] for _, _, a in done]),
        "same": np.array([alike.setdefault(a["same"], len(alike)) for _, _, a in done]),
        "addresses": np.array([a["compliance"] for _, _, a in done]),
        "compensated": np.array([a["compensated"] for _, _, a in done]),
        "bought": np.array([a["bought"] for _, _, a in done]),
    }
    for number, (_, documents) in enumerate(SHOWN_BY):
        arrays[f"shows_{number}"] = np.array([not set(a["documents"]).isdisjoint(documents) for _, _, a in done])
    for code in OWED:
        arrays[f"holds_{code}"] = np.array([code in person["held"] for person in people])
    return np.array([m for m, _, _ in done]), len(people), arrays


def decide(inputs: Inputs) -> list[Figures]:
    """Decides every person."""
    whose, count, arrays = inputs
    builder = SimulationBuilder()
    builder.create_entities(SYSTEM)
    builder.declare_person_entity("activity", range(len(whose)))
    members = builder.declare_entity("member", range(count))
    builder.join_with_persons(members, whose, ["done"] * len(whose))
    simulation = builder.build(SYSTEM)
    for name, array in arrays.items():
        simulation.set_input(name, YEAR, array)
    return list(zip(*[simulation.calculate(name, YEAR).tolist() for name in FIGURES], strict=True))
