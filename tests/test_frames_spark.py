"""Data frames on PySpark in local mode: one large random table, the same answers as `evaluate`."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import cecrules as cec
from association import random_rows
from cecrules.frames import arrange, decide_frame, evaluate_frame, outlook_frame, problems_frame, read_layout
from on_spark import SPARK_MARKS, sql
from tables import assessed, counted, decisions, foreseen

pytestmark = SPARK_MARKS

ACTIVITIES = (
    "member string, row bigint, title string, kind string, earned_on date, minutes bigint, provider string, "
    "addresses_compliance boolean, compensated boolean, bought_through_association boolean, documents string"
)
HELD = "member string, row bigint, designation string, term_start date"


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def given(session: Any, rows: list[dict[str, Any]], schema: str) -> Any:
    """The rows as a Spark frame, shuffled."""
    shuffled = random.Random(1).sample(rows, len(rows))
    return session.createDataFrame([tuple(row.values()) for row in shuffled], schema)


@pytest.mark.parametrize("edition", ["naaei-2014", "naaei-pace"])
def test_spark_gives_the_answers_of_evaluate(spark: Any, edition: str) -> None:
    book = cec.edition(edition)
    rules: dict[str, Any] = {"renewal_year": 2014, "rulebook": book}
    activities, held = random_rows(1500)
    both = given(spark, activities, ACTIVITIES), given(spark, held, HELD)
    totals = [row.asDict() for row in evaluate_frame(*both, **rules).collect()]
    assert sorted(totals, key=lambda row: row["member"]) == assessed(activities, held, book, 2014)
    decided = [row.asDict() for row in decide_frame(*both, **rules).collect()]
    assert sorted(decided, key=lambda row: row["row"]) == decisions(activities, held, book, 2014)
    reported = problems_frame(*both, **rules).collect()
    left_out = {row["row"] for row in reported if row["table"] == "activities"}
    assert len(decided) + len(left_out) == len(activities)


@pytest.mark.parametrize("edition", ["naaei-2014", "naaei-pace"])
def test_spark_gets_the_answers_of_outlook(spark: Any, edition: str) -> None:
    book, day = cec.edition(edition), date(2013, 11, 1)
    activities, held = random_rows(100)
    both = given(spark, activities, ACTIVITIES), given(spark, held, HELD)
    made = [row.asDict() for row in outlook_frame(*both, day, renewal_year=2014, rulebook=book).collect()]
    made.sort(key=lambda row: (row["member"], row["designations"] or ""))
    assert counted(made) == foreseen(activities, held, book, 2014, day)


def test_a_table_is_arranged_by_its_layout(spark: Any) -> None:
    layout = read_layout(
        """
        format = "cecrules.layout/1"
        designations.columns = {member = "No.", designation = "Held", term_start = "Since"}
        designations.days = {formats = ["M/D/YYYY"]}
        designations.designations = {Manager = "CAM"}
        designations.totals = {"No." = ["Total"]}
        """
    )
    rows = [("1", "Manager", "3/12/2013"), ("2", "boss", "soon"), ("Total", "2", None)]
    kept = spark.createDataFrame(rows, "`No.` string, Held string, Since string")
    made = sorted(tuple(row) for row in arrange(kept, layout.designations).collect())
    assert made == [("1", "CAM", "2013-03-12"), ("2", "boss", "soon")]


def test_where_one_window_serves_all_the_plan_has_no_join_no_sort_and_three_shuffles(spark: Any) -> None:
    activities, held = random_rows(10)
    for rulebook in (cec.NAAEI_2014, cec.edition("naaei-2021"), cec.edition("naaei-2022")):
        both = given(spark, activities, ACTIVITIES), given(spark, held, HELD)
        made = evaluate_frame(*both, renewal_year=rulebook.governs.first, rulebook=rulebook)
        plan = made._jdf.queryExecution().executedPlan().toString()
        steps = re.findall(r"^[ :+-]*([A-Z]\w+)", plan, re.MULTILINE)
        assert [step for step in steps if re.search("Join|Sort|Python|Window|Nested", step)] == []
        assert steps.count("Exchange") == 3
