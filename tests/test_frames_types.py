"""Columns of unusual types, and of names with a slip in them: read exactly, or refused by name."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import narwhals as nw
import pandas
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import cecrules as cec
from cecrules.documents import DocumentKind
from cecrules.errors import shown
from cecrules.frames import decide_frame, evaluate_frame, names, problems_frame, tables
from cecrules.frames.expressions import _EACH_SPACE, INVISIBLE, SPACES
from tables import EDUCATION, ENGINES, activity_table, held_table, rows_of

ROWS = [
    {
        "member": "a",
        "title": f"Course {number}",
        "kind": "association_instruction",
        "earned_on": date(2013, 5, number),
        "hours": 1.0,
        "compensated": paid,
        "documents": "instruction_letter",
    }
    for number, paid in ((1, True), (2, False), (3, None))
]
HELD = [{"member": "a", "designation": "NALP"}]
# One of the three was paid for.
CREDITED = 2.0


def credited(activities: Any, held: Any) -> float:
    (line,) = rows_of(evaluate_frame(activities, held, renewal_year=2014))
    assert line["bad_rows"] == 0
    return line["credited"]


def arrow(name: str, column: Any) -> tuple[Any, Any]:
    table = activity_table(ROWS).to_arrow()
    made = table.set_column(table.schema.get_field_index(name), name, column)
    return made, held_table(HELD).to_arrow()


FLAGS = pa.array([True, False, None])
DOCUMENTS = [["instruction_letter"], ["instruction_letter", "transcript"], ["instruction_letter"]]
HOURS = [Decimal("1.0")] * 3
ARROW = {
    "run-end-encoded": ("compensated", lambda: pc.run_end_encode(FLAGS)),
    "bool8": ("compensated", lambda: pa.ExtensionArray.from_storage(pa.bool8(), FLAGS.cast(pa.int8()))),
    "string_view": ("documents", lambda: pa.array(["instruction_letter"] * 3, pa.string_view())),
    "run-end-encoded texts": ("kind", lambda: pc.run_end_encode(pa.array(["association_instruction"] * 3))),
    "dictionary of string_view": (
        "title",
        lambda: pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), pa.array(["a", "b", "c"], pa.string_view())),
    ),
    "list_view": ("documents", lambda: pa.array(DOCUMENTS, pa.list_view(pa.string()))),
    "large_list_view": ("documents", lambda: pa.array(DOCUMENTS, pa.large_list_view(pa.string()))),
    "list of string_view": ("documents", lambda: pa.array(DOCUMENTS, pa.list_(pa.string_view()))),
    "decimal32": ("hours", lambda: pa.array(HOURS, pa.decimal32(5, 2))),
    "decimal64": ("hours", lambda: pa.array(HOURS, pa.decimal64(9, 2))),
    "decimal256": ("hours", lambda: pa.array(HOURS, pa.decimal256(60, 2))),
    "date64": ("earned_on", lambda: pa.array([row["earned_on"] for row in ROWS], pa.date64())),
}


@pytest.mark.parametrize("engine", ["pyarrow", "pandas-arrow"])
@pytest.mark.parametrize("kind", ARROW)
def test_a_type_of_arrow_that_holds_usual_values_is_read(kind: str, engine: str) -> None:
    name, made = ARROW[kind]
    try:
        both = arrow(name, made())
    except (AttributeError, pa.ArrowException):
        pytest.skip("this PyArrow is older than the type")
    if engine == "pandas-arrow":
        both = tuple(table.to_pandas(types_mapper=pandas.ArrowDtype) for table in both)
        column = pandas.Series(pandas.arrays.ArrowExtensionArray(pa.chunked_array([made()])))
        both[0][name] = column
    if "string_view" in kind and int(pa.__version__.partition(".")[0]) < 18:
        with pytest.raises(cec.InvalidValue, match="string_view"):
            credited(*both)
        return
    assert credited(*both) == CREDITED


def test_what_does_not_fit_the_usual_type_is_refused_by_name() -> None:
    huge = pa.array([Decimal(10) ** 50] * 3, pa.decimal256(60, 2))
    with pytest.raises(
        cec.InvalidValue, match=r"activities\.hours: must be numbers, or text in numbers, got decimal256\(60, 2\)"
    ):
        credited(*arrow("hours", huge))
    fine = pa.array([Decimal("1.0")] * 3, pa.decimal256(60, 50))
    with pytest.raises(
        cec.InvalidValue, match=r"activities\.hours: must be numbers, or text in numbers, got decimal256\(60, 50\)"
    ):
        credited(*arrow("hours", fine))


PANDAS = {
    "sparse flags": ("compensated", lambda: pandas.array([True, False, False], dtype="Sparse[bool]")),
    "sparse objects": ("compensated", lambda: pandas.arrays.SparseArray([True, False, None], dtype="Sparse[object]")),
    "sparse numbers": ("hours", lambda: pandas.arrays.SparseArray([1.0] * 3)),
    "objects": ("compensated", lambda: pandas.Series([True, False, None], dtype=object)),
    "objects with nan": ("compensated", lambda: pandas.Series([True, False, float("nan")], dtype=object)),
    "days": ("earned_on", lambda: pandas.period_range("2013-05-01", periods=3, freq="D")),
    "hours": ("earned_on", lambda: pandas.period_range("2013-05-01", periods=3, freq="h")),
}


@pytest.mark.parametrize("kind", PANDAS)
def test_a_type_of_pandas_that_holds_usual_values_is_read(kind: str) -> None:
    name, made = PANDAS[kind]
    native = ENGINES["pandas"]
    table = native(activity_table(ROWS)).assign(**{name: made()})
    assert credited(table, native(held_table(HELD))) == CREDITED


@pytest.mark.parametrize(
    ("name", "column", "found"),
    [
        ("earned_on", lambda: pandas.period_range("2013-05", periods=3, freq="M"), "period[M]"),
        ("compensated", lambda: pandas.interval_range(0, 3), "interval[int64, right]"),
        ("compensated", lambda: pandas.Series([1, 0, None], dtype=object), "object"),
        ("compensated", lambda: pandas.array([1, 0, 0], dtype="Sparse[int]"), "Int64"),
    ],
)
def test_what_pandas_cannot_say_exactly_is_refused_by_name(name: str, column: Callable[[], Any], found: str) -> None:
    native = ENGINES["pandas"]
    table = native(activity_table(ROWS)).assign(**{name: column()})
    with pytest.raises(cec.InvalidValue) as caught:
        credited(table, native(held_table(HELD)))
    assert caught.value.where == f"activities.{name}"
    assert caught.value.problem.endswith(f"got {found}")


@pytest.mark.parametrize(
    ("column", "found"), [("'1'::bit", "BIT"), ("union_value(flag := true)", "UNION(flag BOOLEAN)")]
)
def test_a_type_of_duckdb_that_may_hold_several_things_is_refused_by_name(column: str, found: str) -> None:
    native = ENGINES["duckdb"]
    table = native(activity_table(ROWS)).project(f"* replace ({column} as compensated)")
    with pytest.raises(cec.InvalidValue) as caught:
        credited(table, native(held_table(HELD)))
    assert str(caught.value) == f"activities.compensated: must be true or false, got {found}"


def test_a_column_of_duckdb_whose_type_says_nothing_is_as_good_as_absent_where_it_holds_nothing() -> None:
    native = ENGINES["duckdb"]
    table = native(activity_table(ROWS)).project("* replace (null::bit as compensated)")
    assert credited(table, native(held_table(HELD))) == 3.0


@pytest.mark.parametrize("engine", ENGINES)
def test_lists_of_nothing_are_lists_of_documents(engine: str) -> None:
    native = ENGINES[engine]
    if engine == "pandas":
        pytest.skip("its lists are objects")
    if engine == "duckdb" and duckdb.__version__ < "2":
        pytest.skip("a list of nothing holds whole numbers before DuckDB 2")
    table = activity_table(ROWS).with_columns(documents=pl.Series([[], [], None], dtype=pl.List(pl.Null)))
    (line,) = rows_of(evaluate_frame(native(table), native(held_table(HELD)), renewal_year=2014))
    assert (line["credited"], line["bad_rows"]) == (0.0, 0)
    table = table.with_columns(documents=pl.Series([[None], [], None], dtype=pl.List(pl.Null)))
    (line,) = rows_of(evaluate_frame(native(table), native(held_table(HELD)), renewal_year=2014))
    assert line["bad_rows"] == 1


def test_a_list_of_what_is_no_text_is_refused() -> None:
    table = activity_table(ROWS).with_columns(documents=pl.Series([[1], [2], [3]]))
    for frame, held in ((table, held_table(HELD)), (table.lazy(), held_table(HELD).lazy())):
        with pytest.raises(cec.InvalidValue, match=r"activities\.documents: .* got List\(Int64\)"):
            credited(frame, held)


def test_a_required_column_of_nothing_is_refused() -> None:
    table = activity_table(ROWS).with_columns(earned_on=None)
    with pytest.raises(cec.InvalidValue, match=r"activities\.earned_on: must be dates.*, got Null"):
        credited(table.lazy(), held_table(HELD).lazy())


@pytest.mark.parametrize("decide", [evaluate_frame, decide_frame, problems_frame])
def test_an_index_of_pandas_that_is_named_like_a_column_changes_nothing(decide: Callable[..., Any]) -> None:
    both = [ENGINES["pandas"](table) for table in (activity_table(ROWS), held_table(HELD))]
    indexed = [table.set_index("member", drop=False) for table in both]
    assert rows_of(decide(*indexed, renewal_year=2014)) == rows_of(decide(*both, renewal_year=2014))


@pytest.mark.parametrize("level", ["compensated", "Compensated", "compensatd"])
@pytest.mark.parametrize("append", [False, True])
@pytest.mark.parametrize("decide", [evaluate_frame, decide_frame, problems_frame])
def test_a_column_in_the_index_of_pandas_is_refused(decide: Callable[..., Any], level: str, append: bool) -> None:
    table, held = (ENGINES["pandas"](table) for table in (activity_table(ROWS), held_table(HELD)))
    indexed = table.rename(columns={"compensated": level}).set_index(level, append=append)
    with pytest.raises(cec.InvalidValue) as caught:
        decide(indexed, held, renewal_year=2014)
    expected = f"activities.{level}: must be a column, and is a level of the index; call reset_index()"
    assert str(caught.value) == expected
    assert caught.value.code == "conflict"
    with pytest.raises(cec.InvalidValue, match=r"^designations\.term_start: must be a column, and is a level of the i"):
        decide(table, held.assign(term_start=None).set_index("term_start"), renewal_year=2014)


@pytest.mark.parametrize("level", ["branch", None, 7])
def test_any_other_index_of_pandas_is_left_out(level: Any) -> None:
    both = [ENGINES["pandas"](table) for table in (activity_table(ROWS), held_table(HELD))]
    expected = rows_of(evaluate_frame(*both, renewal_year=2014))
    for table in both:
        table.index = pandas.Index(["x"] * len(table), name=level)
    assert rows_of(evaluate_frame(*both, renewal_year=2014)) == expected


@pytest.mark.parametrize("heading", [0, None, float("nan"), ("notes", 1), b"notes", date(2013, 1, 1)])
def test_a_heading_of_pandas_that_is_no_text_is_refused_by_name(heading: Any) -> None:
    table, held = (ENGINES["pandas"](table) for table in (activity_table(ROWS), held_table(HELD)))
    table.columns = pandas.Index([heading if name == "compensated" else name for name in table.columns], dtype=object)
    with pytest.raises(cec.InvalidValue) as caught:
        credited(table, held)
    assert str(caught.value) == (
        f"activities: must have text as the name of each column, got {shown(heading)}; name the columns by rename()"
    )


def test_headings_of_pandas_in_levels_are_refused() -> None:
    table, held = (ENGINES["pandas"](table) for table in (activity_table(ROWS), held_table(HELD)))
    table.columns = pandas.MultiIndex.from_product([["entry"], table.columns])
    with pytest.raises(
        cec.InvalidValue, match=r"^activities: must have text as the name of each column, got \('entry'"
    ):
        credited(table, held)


@pytest.mark.parametrize("engine", ["pandas", "pyarrow"])
def test_two_columns_of_one_name_are_refused(engine: str) -> None:
    table = ENGINES[engine](activity_table(ROWS))
    if engine == "pandas":
        twice = pandas.concat([table, table[["kind"]]], axis=1)
    else:
        twice = table.append_column("kind", table["kind"])
    with pytest.raises(cec.InvalidValue) as caught:
        credited(twice, ENGINES[engine](held_table(HELD)))
    assert str(caught.value) == "activities: must have columns of different names, got 'kind' 2 times"


def test_an_engine_that_is_not_supported_is_refused_with_those_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(tables._ENGINES, nw.Implementation.PYARROW)
    native = ENGINES["pyarrow"]
    with pytest.raises(cec.InvalidDocument) as caught:
        credited(native(activity_table(ROWS)), native(held_table(HELD)))
    assert {problem.code for problem in caught.value.problems} == {"wrong_type"}
    assert str(caught.value.problems[0]) == (
        "activities: must be a frame of a supported engine, got one of pyarrow; supported: DuckDB, Ibis, pandas, "
        "Polars, PyArrow, PySpark, PySpark Connect"
    )
    with pytest.raises(cec.InvalidValue, match="got a value of type decimal.Decimal; supported: DuckDB"):
        credited(Decimal(1), native(held_table(HELD)).to_pandas())


def test_pandas_without_pyarrow_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda _: None)
    native = ENGINES["pandas"]
    says = r'activities: must come with PyArrow.*pip install "cecrules\[pandas'
    with pytest.raises(cec.InvalidDocument, match=says) as caught:
        credited(native(activity_table(ROWS)), native(held_table(HELD)))
    assert {problem.code for problem in caught.value.problems} == {"unavailable"}


def test_without_narwhals_the_import_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    package = sys.modules["cecrules.frames"]
    with pytest.raises(ModuleNotFoundError, match=r'needs narwhals.*pip install "cecrules\[frames\]"'):
        importlib.reload(package)
    monkeypatch.undo()
    importlib.reload(package)


class TestNames:
    @pytest.mark.parametrize(
        ("found", "column"),
        [
            ("Compensated", "compensated"),
            ("compensatd", "compensated"),
            ("compesnated", "compensated"),
            ("document", "documents"),
            ("address_compliance", "addresses_compliance"),
            ("Bought through association", "bought_through_association"),
            ("hour", "hours"),
            (" MINUTES ", "minutes"),
        ],
    )
    @pytest.mark.parametrize("engine", ["polars-lazy", "pandas", "duckdb", "pyarrow"])
    def test_a_slip_in_the_name_of_an_optional_column_is_refused_with_the_name_that_is_meant(
        self, found: str, column: str, engine: str
    ) -> None:
        table = activity_table(ROWS).select(pl.exclude(column), pl.lit(None, pl.String).alias(found))
        native = ENGINES[engine]
        with pytest.raises(cec.InvalidValue) as caught:
            credited(native(table), native(held_table(HELD)))
        assert str(caught.value) == (
            f"activities.{found}: must be named {column!r}, or be left out if it is something else"
        )

    def test_a_column_beside_the_one_it_is_like_is_let_be(self) -> None:
        table = activity_table(ROWS).with_columns(Compensated=pl.lit("no"), notes=pl.lit(""), rows=pl.lit(1))
        assert credited(table, held_table(HELD)) == CREDITED

    def test_a_required_column_is_answered_with_the_name_it_may_have(self) -> None:
        table = activity_table(ROWS).rename({"title": "Title", "kind": "sort"})
        with pytest.raises(cec.InvalidDocument) as caught:
            credited(table, held_table(HELD))
        assert [str(problem) for problem in caught.value.problems] == [
            "activities.title: is a required column: text; write 'Title' as 'title'",
            "activities.kind: is a required column: text; found: 'member', 'Title', 'sort', 'earned_on', 'hours', "
            "'compensated', 'documents'; a layout reads columns of your own: see `cecrules layout`",
        ]

    def test_a_short_name_is_no_slip_of_another(self) -> None:
        assert [names.meant(found, ["row", "kind"]) for found in ("raw", "Row", "kin", "mind", "find it")] == [
            "",
            "row",
            "kind",
            "kind",
            "",
        ]

    def test_many_headings_are_not_all_listed(self) -> None:
        assert names.headings([str(number) for number in range(40)]).endswith("'28', '29' and 10 more")
        assert names.headings([]) == "no columns were found"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("blank", ["", "  ", "\u2003\t", "\u200b", " \ufeff\u200d"])
def test_rows_of_a_member_without_a_name_are_bad_and_never_one_member(engine: str, blank: str) -> None:
    native = ENGINES[engine]
    both = (
        native(activity_table([{**row, "member": blank, "row": place} for place, row in enumerate(ROWS)])),
        native(held_table([{**HELD[0], "member": blank, "row": 0}])),
    )
    assert rows_of(evaluate_frame(*both, renewal_year=2014)) == []
    if engine != "pandas" or int(pandas.__version__.partition(".")[0]) > 2:  # it joins no column of nothing to texts
        assert rows_of(decide_frame(*both, renewal_year=2014)) == []
    reasons = [line["reason"] for line in rows_of(problems_frame(*both, renewal_year=2014))]
    assert reasons == ["member_missing"] * 4


@pytest.mark.parametrize("engine", ENGINES)
def test_no_character_that_cannot_be_seen_is_a_member(engine: str) -> None:
    native = ENGINES[engine]
    names_given = [*INVISIBLE, *(f"{one}x" for one in INVISIBLE)]
    rows = [{**ROWS[1], "member": name, "row": place} for place, name in enumerate(names_given)]
    held = held_table([{**HELD[0], "row": 0}])
    found = rows_of(problems_frame(native(activity_table(rows)), native(held), renewal_year=2014))
    missing = {row["row"] for row in found if row["reason"] == "member_missing"}
    assert missing == set(range(len(INVISIBLE)))


def test_the_spaces_that_are_trimmed_are_those_of_the_pattern() -> None:
    assert "".join(filter(__import__("re").compile(SPACES).match, map(chr, range(0x10000)))) == _EACH_SPACE
    assert EDUCATION in list(DocumentKind)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_length_is_not_rounded_to_one_that_counts(engine: str) -> None:
    native = ENGINES[engine]
    texts = {
        "3.00000000000000001": False,
        "2.99999999999999999": False,
        "3000000000000000001e-18": False,
        "3.001": False,
        "3.0000000000000000": True,
        "000000000000000003": True,
        "3.5500": True,
        ".55": True,
        ".5500": True,
        ".555": False,
        "5.": True,
        "30e-1": True,
        "1.55e0": True,
        ".155E+1": True,
        "1.55000001e0": False,
    }
    assert _read(native, texts, pl.String) == texts


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("column", "lengths"),
    [
        ("hours", {"3.00000000000000000001": False, "3": True, "3.55": True, "0.00000000000000000001": False}),
        ("minutes", {"60.00000000000000000001": False, "60": True, "60.5": False}),
    ],
)
def test_a_decimal_is_not_rounded_to_a_length_that_counts(engine: str, column: str, lengths: dict[str, bool]) -> None:
    if engine == "pandas":
        pytest.skip("its decimals are objects")
    assert _read(ENGINES[engine], lengths, pl.Decimal(38, 20), column) == lengths


def _read(native: Callable[[Any], Any], lengths: dict[str, bool], dtype: Any, column: str = "hours") -> dict[str, bool]:
    """Which of some lengths are read."""
    rows = [{**ROWS[1], "row": place} for place in range(len(lengths))]
    table = activity_table(rows).drop("hours").with_columns(pl.Series(column, list(lengths)).cast(dtype))
    held = native(held_table([{**HELD[0], "row": 0}]))
    found = rows_of(problems_frame(native(table), held, renewal_year=2014))
    assert {row["reason"] for row in found} == {"length_invalid"}
    bad = {row["row"] for row in found}
    return {length: place not in bad for place, length in enumerate(lengths)}
