"""Every error says where, what was found and what was expected."""

import ast
import pickle
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path as File

import pytest

import cecrules as cec
from builders import activity
from cecrules.converters import nearest
from cecrules.errors import MOST_SUGGESTIONS, Path, Problems, shown

PACKAGE = File(cec.__file__).parent
MALFORMED, OUT = cec.ErrorCode.MALFORMED, cec.ErrorCode.OUT_OF_RANGE


class Broken:
    """A value of a caller's own that cannot be written."""

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("CAM", "'CAM'"),
        (7, "7"),
        (1.5, "1.5"),
        (10**5000, "a value of type int"),
        ([10**5000], "a value of type list"),
        (Broken(), "a value of type Broken"),
        ([Broken()], "a value of type list"),
    ],
    ids=["text", "whole", "fraction", "too long to print", "too long in a list", "broken", "broken in a list"],
)
def test_a_value_is_shown_whatever_it_is(value: object, words: str) -> None:
    assert shown(value) == words


def test_a_long_value_is_cut_short() -> None:
    assert len(shown("x" * 10_000)) < 100


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            cec.InvalidValue("hours", "must be more than 0", "leave it out", OUT),
            "hours: must be more than 0; leave it out",
        ),
        (cec.InvalidValue("", "must be JSON", code=MALFORMED), "must be JSON"),
    ],
)
def test_an_error_reads_where_what_and_what_to_do(error: cec.CecRulesError, words: str) -> None:
    assert str(error) == words
    assert error.problems == (error,)


def test_all_errors_for_wrong_values_are_value_errors() -> None:
    for kind in (cec.InvalidValue, cec.UnknownName, cec.NotStated, cec.InvalidDocument):
        assert issubclass(kind, ValueError)
        assert issubclass(kind, cec.CecRulesError)


def test_a_document_with_several_problems_tells_one_a_line() -> None:
    problems = Problems()
    problems.add(("activities", "hours"), "is wrong", code=OUT)
    problems.add(("activities", 2), "is wrong too", code=MALFORMED)
    with pytest.raises(cec.InvalidDocument) as caught:
        problems.settle()
    error = caught.value
    assert str(error) == "activities.hours: is wrong\nactivities[2]: is wrong too"
    assert (error.where, error.path, error.code) == ("activities.hours", ("activities", "hours"), "out_of_range")
    assert [problem.code for problem in error.problems] == ["out_of_range", "malformed"]


def test_one_function_refuses_a_value_of_another_class() -> None:
    files = [*PACKAGE.rglob("*.py")]
    by_hand = r"must be (?:an? [A-Z]\w+|of type \{\S+\}), got"
    assert [file.name for file in files if re.search(by_hand, file.read_text("utf-8"))] == []


def test_a_length_of_time_has_one_module_that_defines_it() -> None:
    modules = [ast.parse(file.read_text("utf-8")) for file in PACKAGE.rglob("*.py")]
    made = Counter(
        ast.unparse(node)
        for module in modules
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        if re.fullmatch(r"MINUTES_AN?_[A-Z]+", node.targets[0].id)
    )
    assert [name for name, count in made.items() if count > 1] == []


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ((), ""),
        (("hours",), "hours"),
        (("activities", 2, "hours"), "activities[2].hours"),
        ((2, "hours"), "[2].hours"),
        (("x" * 1000,), "x" * 80),
    ],
)
def test_a_path_is_written_as_a_place(path: Path, where: str) -> None:
    error = cec.InvalidValue(path, "is wrong", code=MALFORMED)
    assert (error.path, error.where) == (path, where)


def test_a_place_that_is_no_value_of_the_input_has_no_path() -> None:
    error = cec.InvalidValue("line 3", "must be JSON", code=MALFORMED)
    assert (error.path, error.where) == ((), "line 3")


def test_a_class_of_one_sort_of_problem_has_its_code_unless_another_is_given() -> None:
    assert [kind((), "x").code for kind in (cec.UnknownName, cec.NotStated)] == ["unknown_name", "not_stated"]
    assert cec.InvalidValue((), "x", code=cec.ErrorCode.CONFLICT).code is cec.ErrorCode.CONFLICT


def test_every_problem_that_the_library_makes_has_a_code() -> None:
    def has_code(call: ast.Call) -> bool:
        return len(call.args) > 3 or any(keyword.arg == "code" for keyword in call.keywords)

    files = sorted(PACKAGE.rglob("*.py"))
    calls = [
        (f"{file.name}:{node.lineno}", has_code(node))
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("InvalidValue", "problems.add", "CecRulesError")
    ]
    assert len(calls) > 100
    assert [place for place, is_coded in calls if not is_coded] == []


def test_a_problem_can_be_told_of_inside_another_value() -> None:
    inner = cec.NotStated(("kind",), "is not known", "ask", cec.ErrorCode.NOT_STATED)
    outer = inner.under(("activities", 1))
    assert (type(outer), outer.path, outer.problem, outer.hint, outer.code) == (
        cec.NotStated,
        ("activities", 1, "kind"),
        "is not known",
        "ask",
        "not_stated",
    )


class TestHints:
    """A hint that takes work is made when it is read, once."""

    def counting(self, made: list[int]) -> Callable[[], str]:
        def hint() -> str:
            made.append(1)
            return "did you mean 'a'?"

        return hint

    def test_it_is_made_when_first_read_and_then_kept(self) -> None:
        made: list[int] = []
        error = cec.InvalidValue(("a",), "is wrong", self.counting(made), MALFORMED)
        assert made == []
        assert error.hint == error.hint == "did you mean 'a'?"
        assert str(error) == "a: is wrong; did you mean 'a'?"
        assert len(made) == 1

    def test_only_the_first_of_many_problems_get_one(self) -> None:
        made: list[int] = []
        problems = [cec.InvalidValue((n,), "is wrong", self.counting(made), MALFORMED) for n in range(50)]
        document = cec.InvalidDocument(*problems)
        assert [bool(problem.hint) for problem in document.problems] == [True] * MOST_SUGGESTIONS + [False] * 30
        assert [problem.path for problem in document.problems] == [(n,) for n in range(50)]

    def test_a_hint_that_is_a_text_already_is_kept_for_all(self) -> None:
        problems = [cec.InvalidValue((n,), "is wrong", "leave it out", MALFORMED) for n in range(50)]
        document = cec.InvalidDocument(*problems)
        assert {problem.hint for problem in document.problems} == {"leave it out"}

    def test_a_place_of_a_text_stays_where_its_hint_is_dropped(self) -> None:
        error = cec.InvalidValue("line 3", "is wrong", lambda: "x", cec.ErrorCode.UNREADABLE)
        error.drop_suggestion()
        assert (error.where, error.path, error.hint, error.code) == ("line 3", (), "", "unreadable")
        assert str(pickle.loads(pickle.dumps(error))) == "line 3: is wrong"


def test_a_single_problem_keeps_its_own_type() -> None:
    problems = Problems()
    assert problems.attempt(cec.edition, "naaei-1066") is None
    with pytest.raises(cec.UnknownName):
        problems.settle()


def test_what_is_kept_of_a_problem_holds_on_to_no_call() -> None:
    problems = Problems()
    problems.attempt(cec.edition, "naaei-1066")
    (error,) = problems.found
    assert (error.__traceback__, error.__context__) == (None, None)


def test_no_problem_raises_nothing() -> None:
    Problems().settle()


@pytest.mark.parametrize(
    "error",
    [
        cec.InvalidValue("a", "b", "c", MALFORMED),
        cec.InvalidValue(("a", 1), "b", partial(nearest, "x", ("xy",)), cec.ErrorCode.UNKNOWN_KEY),
        cec.NotStated(("a",), "b"),
        cec.InvalidDocument(cec.InvalidValue(("a",), "b", code=OUT), cec.UnknownName(("c",), "d")),
    ],
)
def test_errors_travel_between_processes(error: cec.CecRulesError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))
    assert [(one.path, one.code, one.hint) for one in again.problems] == [
        (one.path, one.code, one.hint) for one in error.problems
    ]
    assert (again.path, again.where, again.code) == (error.path, error.where, error.code)


# One document for every code a submission or an assessment can be refused with, and where.
ACTIVITY = activity()
SOUND = {"renewal_year": 2014, "designations": ["CAM"], "activities": []}


@pytest.mark.parametrize(
    ("refuse", "path", "code"),
    [
        (lambda: cec.from_dict({**SOUND, "colour": 1}), ("colour",), "unknown_key"),
        (lambda: cec.from_dict({"renewal_year": 2014, "activities": []}), ("designations",), "missing"),
        (lambda: cec.loads('{"holder": "a", "holder": "b"}'), ("holder",), "repeated_key"),
        (lambda: cec.from_dict({**SOUND, "holder": 3}), ("holder",), "wrong_type"),
        (lambda: cec.from_dict([]), (), "wrong_type"),
        (lambda: cec.from_dict({**SOUND, "renewal_date": "soon"}), ("renewal_date",), "malformed"),
        (lambda: cec.loads("{"), (), "malformed"),
        (lambda: cec.from_dict({**SOUND, "renewal_year": 14}), ("renewal_year",), "out_of_range"),
        (lambda: cec.from_dict({**SOUND, "designations": ["CAM", "CPM"]}), ("designations", 1), "unknown_code"),
        (lambda: cec.from_dict({**SOUND, "first_renewal_of": ["CAS"]}), ("first_renewal_of",), "conflict"),
        (lambda: cec.edition("naaei-1066"), ("rulebook",), "unknown_name"),
        (lambda: cec.edition_for(2013), ("renewal_year",), "unknown_name"),
        (lambda: cec.schema("x"), ("form",), "unknown_name"),
        (lambda: cec.NAAEI_2014.clause("x"), (), "unknown_name"),
        (lambda: cec.required_credits(["CAM"], cec.edition("naaei-contact-hours")), ("designations",), "not_stated"),
        (lambda: cec.loads(b"\xff"), (), "unreadable"),
        (lambda: cec.load_rulebook("none.toml"), (), "unreadable"),
        (lambda: cec.evaluate({}), ("submission",), "wrong_type"),
        (lambda: cec.screen("x"), ("activity",), "wrong_type"),
        (lambda: cec.screen(ACTIVITY, window="x"), ("window",), "wrong_type"),
        (lambda: cec.screen(ACTIVITY, rulebook=cec.edition("naaei-contact-hours")), ("renewal_year",), "missing"),
        (lambda: cec.explain({}), ("value",), "wrong_type"),
        (cec.to_html, ("assessments",), "missing"),
        (lambda: cec.to_html(cec.evaluate(cec.from_dict(SOUND)), 3), ("assessments", 1), "wrong_type"),
        (lambda: cec.load_rulebook(3.5), ("path",), "wrong_type"),
        (lambda: cec.compare(cec.NAAEI_2014, "x"), ("after",), "wrong_type"),
        (lambda: cec.to_dict(3), (), "wrong_type"),
        (lambda: cec.from_dict({}, int), ("into",), "wrong_type"),
    ],
)
def test_every_sort_of_problem_has_its_path_and_code(refuse: Callable[[], object], path: Path, code: str) -> None:
    with pytest.raises(cec.CecRulesError) as caught:
        refuse()
    assert (path, code) in [(problem.path, problem.code) for problem in caught.value.problems]
