"""The index of a rulebook holds its tables by kind and by designation, and is made once."""

import functools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given

import cecrules as cec
from cecrules import testing
from cecrules.rulebook import editions
from cecrules.rulebook.index import Required, index_of, insist_on_common

BOOK = cec.NAAEI_2014
INDEX = index_of(BOOK)
THREADS = 16


def asked_at_once(ask: Callable[[], object]) -> list[object]:
    """What as many threads get that ask at the same moment."""
    barrier = threading.Barrier(THREADS)

    def wait_and_ask(_: int) -> object:
        barrier.wait(timeout=60)
        return ask()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(wait_and_ask, range(THREADS)))


class TestOnce:
    """The same object each time, and for every thread."""

    def test_sixteen_threads_get_one_index(self) -> None:
        book = BOOK.evolve(id="asked-at-once")
        first, *others = asked_at_once(lambda: index_of(book))
        assert all(other is first for other in others)
        assert index_of(book) is first

    @pytest.mark.parametrize("name", cec.editions())
    def test_sixteen_threads_get_one_edition(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        for opener in ("_edition", "_opened"):  # as in a process that has opened none
            monkeypatch.setattr(editions, opener, functools.cache(getattr(editions, opener).__wrapped__))
        first, *others = asked_at_once(lambda: cec.edition(name))
        assert all(other is first for other in others)

    def test_equal_rulebooks_share_one(self) -> None:
        assert index_of(BOOK.evolve()) is index_of(BOOK)
        assert index_of(BOOK.evolve(id="other")) is not INDEX


class TestTables:
    """What stands in a rulebook's tables, turned around."""

    def test_a_kind_without_a_rule_is_treated_as_unlisted(self) -> None:
        assert set(INDEX.kind_rules) == set(cec.ActivityKind)
        assert INDEX.kind_rules[cec.ActivityKind.VISTO_COURSE].kind is cec.ActivityKind.UNLISTED

    def test_a_kind_has_the_cap_it_is_named_in_with_its_minutes(self) -> None:
        cap = INDEX.cap_of_kind[cec.ActivityKind.ASSOCIATION_SERVICE]
        assert (cap.group.name, cap.minutes) == ("association_service", 180)
        assert cec.ActivityKind.COLLEGE_COURSE not in INDEX.cap_of_kind

    def test_a_kind_treated_as_unlisted_is_under_the_cap_of_unlisted(self) -> None:
        book = BOOK.evolve(
            kinds={"unlisted": {"side": "in_network"}},
            caps={"unlisted": {"credits": 1, "kinds": ["unlisted"], "clause": "refused.unlisted"}},
        )
        assert index_of(book).cap_of_kind[cec.ActivityKind.VISTO_COURSE].group.name == "unlisted"

    def test_every_kind_is_on_one_side(self) -> None:
        assert sorted(kind for kinds in INDEX.kinds_by_side.values() for kind in kinds) == sorted(cec.ActivityKind)
        assert INDEX.outside_kinds == INDEX.kinds_by_side[cec.Side.OUT_OF_NETWORK]

    def test_kinds_whose_sources_are_silent_are_unknown(self) -> None:
        assert INDEX.unknown_kinds == frozenset()
        assert cec.ActivityKind.COLLEGE_COURSE in index_of(cec.edition("naaei-contact-hours")).unknown_kinds

    def test_only_a_rulebook_with_terms_has_terms(self) -> None:
        assert [name for name in cec.editions() if index_of(cec.edition(name)).has_terms] == ["naaei-pace"]

    def test_a_designation_is_found_under_each_of_its_codes(self) -> None:
        assert INDEX.required_of[cec.Designation.CALP] == INDEX.required_of[cec.Designation.NALP]
        assert INDEX.required_of[cec.Designation.CALP] == Required(
            designation=cec.Designation.NALP, total=180, in_network=90, compliance=60
        )
        assert cec.Designation.CAM not in index_of(cec.edition("naaei-contact-hours")).required_of

    def test_nothing_in_network_may_be_required(self) -> None:
        pace = cec.edition("naaei-pace")
        book = pace.evolve(designations={rule.designation: {"in_network": 0} for rule in pace.designations})
        assert index_of(book).required_of[cec.Designation.CAM] == Required(
            designation=cec.Designation.CAM, total=480, in_network=0, compliance=0
        )

    def test_the_first_of_several_provisions_is_refused(self) -> None:
        book = BOOK.read_as("half-of-reported").evolve(id="x", kinds={"college_course": {"credit_minutes": 50}})
        with pytest.raises(cec.InvalidValue, match="must not have in_network.of = reported, got x"):
            insist_on_common(book)

    def test_it_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            INDEX.has_terms = True

    @given(testing.rulebooks())
    def test_limits_can_reduce_only_the_kinds_it_names(self, book: cec.Rulebook) -> None:
        index = index_of(book)
        assert index.limited_kinds == index.outside_kinds | set(index.cap_of_kind) | set(index.identity_of_kind)
        assert index.rulebook == book
