"""Mixtures of two rulebooks, group by group."""

import itertools

import attrs
import pytest

import cecrules as cec
from cecrules.rulebook import mixtures as module

OLD = cec.NAAEI_2014
# One change for each group but documents, each of them sound alone.
ALL = {
    "credit": {"minutes": 50},
    "window": {"years_before": 2},
    "designations": {"CAM": {"credits": 5}},
    "in_network": {"share": "1/4"},
    "compliance": {"credits": 2},
    "caps": {"association_service": {"credits": 1}},
    "kinds": {"legislative_event": {"each": 2}},
}
GROUPS = ("credit", "window", "requirements", "half", "compliance", "caps", "kinds", "evidence")


def changed(*keys: str) -> cec.Rulebook:
    return OLD.evolve(id="-".join(keys), **{key: ALL[key] for key in keys})


@pytest.mark.parametrize(("key", "group"), [*zip(ALL, GROUPS, strict=False)])
def test_a_table_that_differs_is_a_group(key: str, group: str) -> None:
    new = changed(key)
    assert cec.mixtures(OLD, new) == (cec.Mixture(groups=(), rulebook=OLD), cec.Mixture(groups=(group,), rulebook=new))


def test_documents_that_differ_are_a_group() -> None:
    name = OLD.evidence[0].name
    new = OLD.evolve(id="transcripts", evidence={name: {"documents": ["transcript"]}})
    assert [mixture.groups for mixture in cec.mixtures(OLD, new)] == [(), ("evidence",)]


def test_other_clauses_and_another_order_of_rows_are_no_difference() -> None:
    new = OLD.evolve(id="restated", clauses={"network.half": {"says": "Half of them."}})
    new = attrs.evolve(new, kinds=new.kinds[::-1], designations=new.designations[::-1])
    assert cec.mixtures(OLD, new) == (cec.Mixture(groups=(), rulebook=OLD),)


def test_a_rulebook_has_one_mixture_with_itself() -> None:
    assert cec.mixtures(OLD, OLD) == (cec.Mixture(groups=(), rulebook=OLD),)


def test_every_set_of_groups_is_mixed_the_fewest_first() -> None:
    made = cec.mixtures(OLD, changed("window", "compliance", "caps"))
    expected = [taken for size in range(4) for taken in itertools.combinations(("window", "compliance", "caps"), size)]
    assert [mixture.groups for mixture in made] == expected
    assert all(mixture.rulebook and not mixture.problems for mixture in made)


def test_a_mixture_has_the_groups_of_the_second_and_all_else_of_the_first() -> None:
    new = changed("window", "compliance", "caps")
    mixed = {mixture.groups: mixture.rulebook for mixture in cec.mixtures(OLD, new)}[("window", "caps")]
    assert (mixed.window, mixed.caps, mixed.compliance) == (new.window, new.caps, OLD.compliance)
    assert (mixed.kinds, mixed.governs) == (OLD.kinds, OLD.governs)
    assert mixed.id == mixed.title == "naaei-2014 with window, caps of window-compliance-caps"


def test_clauses_go_along_with_the_provisions_that_cite_them_and_keep_their_sources() -> None:
    new = cec.edition("naaei-2022")
    mixed = {mixture.groups: mixture.rulebook for mixture in cec.mixtures(OLD, new)}[("requirements", "half")]
    assert all(mixed.cited_by(clause.id) for clause in mixed.clauses)
    for book, table in ((new, "in_network"), (OLD, "credit")):
        cited = getattr(book, table).clause
        assert mixed.clause(cited).says == book.clause(cited).says
        assert mixed.sources_of(cited) == book.sources_of(cited)


def test_a_mixture_that_contradicts_itself_is_listed_with_its_contradictions() -> None:
    # 2022 gives each designation its own minimum in network, 2014 one share for all.
    made = {mixture.groups: mixture for mixture in cec.mixtures(OLD, cec.edition("naaei-2022"))}
    alone = made[("half",)]
    assert alone.rulebook is None
    assert "designations.CAM.in_network: must be given if in_network.share is not, and only then" in alone.problems
    assert made[()].rulebook is OLD
    assert made[tuple(made)[-1]].rulebook is cec.edition("naaei-2022")


def test_more_than_six_groups_are_refused_with_those_to_merge() -> None:
    six = changed(*list(ALL)[:6])
    assert len(cec.mixtures(OLD, six)) == 64
    with pytest.raises(cec.InvalidValue) as raised:
        cec.mixtures(OLD, changed(*ALL))
    assert raised.value.where == "after"
    assert raised.value.problem == (
        "must differ from naaei-2014 in at most 6 groups, got 7: "
        "credit, window, requirements, half, compliance, caps, kinds"
    )
    assert raised.value.hint.startswith("merge credit: write a rulebook of your own that is naaei-2014 with these of")


def test_where_no_group_can_be_merged_alone_the_hint_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsound(*_: object) -> cec.Rulebook:
        raise cec.InvalidValue("", "never sound", code=cec.ErrorCode.CONFLICT)

    monkeypatch.setattr(module, "_mixed", unsound)
    with pytest.raises(cec.InvalidValue) as raised:
        cec.mixtures(OLD, changed(*ALL))
    assert raised.value.hint.startswith("write a rulebook of your own that is between naaei-2014 and")


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_no_rulebook_is_refused(place: int) -> None:
    both = [OLD, OLD]
    both[place] = "naaei-2014"
    with pytest.raises(cec.InvalidValue, match="must be a Rulebook"):
        cec.mixtures(*both)
