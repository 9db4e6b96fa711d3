"""Pictures, by their structure: the texts, the lengths and the order of what is drawn, and no pixel."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import pytest

matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed: constraints/test.txt")
matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.container import BarContainer  # noqa: E402

import cecrules as cec  # noqa: E402
from builders import activity, submission  # noqa: E402
from cecrules import plots  # noqa: E402
from cecrules.frames import decide_frame, evaluate_frame  # noqa: E402
from cecrules.plots import canvas, draw_changes, draw_credits, draw_distance, draw_reasons, draw_year  # noqa: E402
from tables import ENGINES, activity_table, held_table  # noqa: E402


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def rows(ax: Axes) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]


def lengths(ax: Axes) -> list[tuple[float, str, float]]:
    """The bars as row, name and length."""
    bars = [bar for drawn in ax.containers if isinstance(drawn, BarContainer) for bar in drawn]
    return [(round(bar.get_y() + bar.get_height() / 2), str(bar.get_gid()), bar.get_width()) for bar in bars]


def marks(ax: Axes) -> list[tuple[int, str, float]]:
    """The lines across rows as row, name and place."""
    return [(round(sum(line.get_ydata()) / 2), str(line.get_label()), line.get_xdata()[0]) for line in ax.lines]


def said(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def title(ax: Axes) -> str:
    return ax.get_title(loc="left").replace("\n", " ")


def legend(ax: Axes) -> list[str]:
    found = ax.get_legend()
    return [text.get_text() for text in found.get_texts()] if found else []


def board(**changes: Any) -> cec.Activity:
    given = {"title": "Board of Directors", "provider": "Anytown Apartment Association", "hours": None}
    return activity(kind="association_service", documents=["appointment_letter"], **{**given, **changes})


def mixed() -> cec.Submission:
    """Two credits in network, one for a board, four of which three count out of network, one course undocumented."""
    return submission(
        activity(title="Fair housing", hours=2, addresses_compliance=True),
        board(),
        activity(title="Accounting", kind="college_course", hours=4, earned_on="2013-06-20", documents=["transcript"]),
        activity(title="Leasing", documents=[], earned_on="2013-06-20"),
        activity(title="Old", earned_on="2012-11-02"),
    )


class TestDrawCredits:
    def test_each_measure_has_a_row_with_its_amount_and_what_is_required(self) -> None:
        ax = draw_credits(cec.evaluate(mixed()))
        assert rows(ax) == [
            "in total 6 of 6 required",
            "in network 3 of 3 required",
            "out of network 3 of at most 3",
            "on compliance 2 of 1 required",
            "cap, association service 1 of at most 3",
        ]
        assert title(ax) == "Renewable CAM for 2014 under naaei-2014"

    def test_the_bars_are_as_long_as_the_credits_and_the_total_has_both_sides(self) -> None:
        ax = draw_credits(cec.evaluate(mixed()))
        expected = [
            (0, "inside", 3),
            (0, "outside", 3),
            (1, "inside", 3),
            (2, "outside", 3),
            (3, "compliance", 2),
            (4, "soft", 1),
        ]
        assert lengths(ax) == expected

    def test_the_half_and_the_caps_are_marked_where_the_rulebook_has_them(self) -> None:
        ax = draw_credits(cec.evaluate(mixed()))
        expected = [(0, "required", 6), (1, "required", 3), (2, "at most", 3), (3, "required", 1), (4, "at most", 3)]
        assert marks(ax) == expected
        assert legend(ax) == ["required", "at most"]
        half = draw_credits(cec.evaluate(mixed(), cec.edition("naaei-2022")))
        assert marks(half)[:3] == [(0, "required", 8), (1, "required", 5), (2, "at most", 3)]

    def test_an_assessment_without_its_limits_has_no_mark_for_them(self) -> None:
        assessment = attrs.evolve(cec.evaluate(mixed()), binding=(), checks=())
        ax = draw_credits(assessment)
        assert rows(ax) == ["in total 6 of 6 required", "in network 3", "out of network 3"]
        assert marks(ax) == [(0, "required", 6)]

    def test_it_draws_on_the_axes_it_is_given(self) -> None:
        _, (left, right) = pyplot.subplots(1, 2)
        assert draw_credits(cec.evaluate(mixed()), ax=right) is right
        assert not left.containers

    def test_the_sides_differ_by_hatching_too(self) -> None:
        ax = draw_credits(cec.evaluate(mixed()))
        looks = {str(bar.get_gid()): bar.get_hatch() for drawn in ax.containers for bar in drawn}  # type: ignore[attr-defined]
        assert looks["inside"] != looks["outside"] == canvas.OUTSIDE

    def test_a_dollar_sign_begins_no_formula(self) -> None:
        assessment = attrs.evolve(cec.evaluate(mixed()), rulebook="$\\frac$")
        ax = draw_credits(assessment)
        ax.figure.canvas.draw()
        assert "$\\frac$" in title(ax)


class TestDrawYear:
    def test_each_month_of_the_window_has_a_row_and_so_has_a_month_outside_with_an_activity(self) -> None:
        ax = draw_year(cec.evaluate(mixed()))
        assert [rows(ax)[0], rows(ax)[1], rows(ax)[-1], len(rows(ax))] == ["Nov 2012", "Jan 2013", "Dec 2013", 13]

    def test_activities_stand_on_their_days_by_side_with_their_credits(self) -> None:
        ax = draw_year(cec.evaluate(mixed()))
        drawn = {str(line.get_gid()): list(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in ax.lines}
        place = rows(ax).index
        june, may = place("Jun 2013"), place("May 2013")
        assert drawn["out of network"] == [(20, june)]
        assert drawn["in network"] == [(1, may)]
        assert drawn["not credited"] == [(20, june), (2, place("Nov 2012"))]
        assert sorted(said(ax)) == ["3", "3"]

    def test_the_window_and_the_days_left_are_shaded(self) -> None:
        reported = mixed()
        ax = draw_year(cec.evaluate(reported), outlook=cec.outlook(reported, "2013-11-20"))
        shades = [(str(patch.get_gid()), patch.get_width()) for patch in ax.patches]
        assert sum(width for name, width in shades if name == "days that count") == 365
        assert sum(width for name, width in shades if name == "42 days left") == 42
        assert title(ax).startswith("CAM for 2014 On 2013-11-20, ")
        assert legend(ax)[:2] == ["days that count", "42 days left"]

    def test_after_the_last_day_nothing_is_left(self) -> None:
        reported = mixed()
        ax = draw_year(cec.evaluate(reported), outlook=cec.outlook(reported, "2014-01-02"))
        assert legend(ax) == ["days that count", "in network", "out of network", "not credited"]

    def test_a_year_without_activities_has_its_days_alone(self) -> None:
        assert legend(draw_year(cec.evaluate(submission()))) == ["days that count"]

    def test_an_outlook_for_another_renewal_is_refused(self) -> None:
        other = attrs.evolve(mixed(), designations=["NALP"])
        with pytest.raises(cec.InvalidValue) as caught:
            draw_year(cec.evaluate(mixed()), outlook=cec.outlook(other, "2013-11-20"))
        assert caught.value.path == ("outlook",)


class TestDrawChanges:
    def test_amounts_are_drawn_from_before_to_after_and_the_rest_is_said(self) -> None:
        ax = draw_changes(cec.compare(cec.NAAEI_2014, cec.edition("naaei-2022")))
        row = rows(ax).index("CAM, credits required")
        circles = {(str(line.get_gid()), line.get_xdata()[0]) for line in ax.lines if line.get_ydata()[0] == row}
        assert {("before", 6.0), ("after", 8.0)} <= circles
        texts = dict(zip(rows(ax), said(ax), strict=True))
        assert texts["CAM, credits required"] == "6 → 8"
        assert texts["association service, yearly cap"] == "3 → 2 for 3 kinds"
        assert texts["legislative event, yearly cap"] == "nothing → 2 for 3 kinds"
        assert texts["visto course, calls for"] == "no document → 5 documents"
        assert texts["CALP, code"] == "NALP → CALP"
        assert texts["credits on compliance"] == "1, should → nothing"
        assert legend(ax) == ["naaei-2014", "naaei-2022"]

    def test_what_is_not_known_is_said(self) -> None:
        ax = draw_changes(cec.compare(cec.edition("naaei-contact-hours"), cec.NAAEI_2014))
        assert dict(zip(rows(ax), said(ax), strict=True))["CAM, credits required"] == "unknown → 6"

    def test_nothing_to_compare_has_no_rows(self) -> None:
        ax = draw_changes(cec.compare(cec.NAAEI_2014, cec.NAAEI_2014))
        assert (rows(ax), legend(ax)) == ([], [])


ACTIVITIES: list[dict[str, Any]] = [
    {"member": "a", "hours": 6.0, "addresses_compliance": True},
    {"member": "b", "hours": 1.5},
    {"member": "b", "hours": 9.0, "kind": "college_course"},
    {"member": "c", "hours": 2.0, "documents": ""},
    {"member": "c", "hours": 2.0, "kind": "in_house_training", "documents": ""},
    {"member": "x", "hours": 1.0},
]
HELD = [{"member": name, "designation": "CAM"} for name in "abc"]


def tables(engine: str, held: list[dict[str, Any]] = HELD) -> tuple[Any, Any]:
    usual = {"title": "Fair housing", "kind": "association_course", "earned_on": date(2013, 3, 12), "minutes": None}
    usual |= {"documents": "certificate_of_completion", "provider": "", "addresses_compliance": False}
    usual |= {"compensated": False, "bought_through_association": False}
    lines = [{**usual, **line, "row": row} for row, line in enumerate(ACTIVITIES)]
    return ENGINES[engine](activity_table(lines)), ENGINES[engine](held_table(held))


@pytest.mark.parametrize("engine", ENGINES)
class TestManyMembers:
    def test_members_stand_by_how_many_credits_they_are_short(self, engine: str) -> None:
        ax = draw_distance(evaluate_frame(*tables(engine), renewal_year=2014))
        expected = ["renewable", "up to 1 short", "up to 2 short", "up to 3 short", "up to 4 short", "up to 5 short"]
        assert rows(ax) == [*expected, "up to 6 short", "requirement not known"]
        assert [length for _, _, length in lengths(ax)] == [1, 0, 1, 0, 0, 0, 1, 1]
        assert said(ax)[0] == "1 (25%)"
        assert title(ax) == "How far 4 members are from renewal, in credits"

    def test_reasons_stand_by_the_credits_they_take(self, engine: str) -> None:
        ax = draw_reasons(decide_frame(*tables(engine), renewal_year=2014))
        assert rows(ax) == ["too much out of network", "kind not accepted", "no document"]
        assert lengths(ax) == [(0, "outside", 6), (1, "inside", 2), (2, "inside", 2)]
        assert said(ax) == ["6 (1 entry)", "2 (1 entry)", "2 (1 entry)"]


def test_one_member_who_is_renewable_has_one_row() -> None:
    activities, held = tables("polars", HELD[:1])
    ax = draw_distance(evaluate_frame(activities[:1], held, renewal_year=2014))
    assert (rows(ax), title(ax)) == (["renewable"], "How far 1 member is from renewal, in credits")
    assert title(draw_reasons(decide_frame(activities[:1], held, renewal_year=2014))) == "Every credit claimed counts"


def test_a_large_requirement_is_shown_in_few_rows() -> None:
    book = cec.NAAEI_2014.evolve(designations={"CAM": {"credits": 40}})
    ax = draw_distance(evaluate_frame(*tables("polars"), renewal_year=2014, rulebook=book))
    assert rows(ax)[1:3] == ["up to 5 short", "up to 10 short"]
    assert sum(length for _, _, length in lengths(ax)) == 4


def test_two_limits_that_reduce_one_activity_share_a_row() -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed: constraints/test.txt")
    frame = pl.DataFrame(
        {
            "findings": ["over_cap;over_half", "over_cap;over_half", ""],
            "claimed": [3.0, 2.5, 1],
            "credited": [1.0, 2, 1],
        }
    )
    ax = draw_reasons(frame)
    assert (rows(ax), said(ax)) == (["over a cap and too much out of network"], ["2.5 (2 entries)"])


def drawn() -> Iterator[Axes]:
    reported = mixed()
    yield draw_credits(cec.evaluate(reported))
    yield draw_credits(cec.evaluate(submission(held=["CAM", "NALP", "CAPS", "CAS", "AIME"])))
    yield draw_year(cec.evaluate(reported), outlook=cec.outlook(reported, "2013-11-20"))
    yield draw_distance(evaluate_frame(*tables("polars"), renewal_year=2014))
    yield draw_reasons(decide_frame(*tables("polars"), renewal_year=2014))
    yield draw_changes(cec.compare(cec.NAAEI_2014, cec.edition("naaei-2022")))


def test_no_text_is_cut_off_or_tiny_in_a_picture_400_wide() -> None:
    for ax in drawn():
        figure: Any = ax.figure
        figure.set_size_inches(4, figure.get_size_inches()[1])
        figure.set_dpi(100)
        figure.canvas.draw()
        keys = ax.get_legend().get_texts() if ax.get_legend() else []
        for text in [*ax.get_yticklabels(), *ax.texts, ax.xaxis.label, ax._left_title, *keys]:
            box = text.get_window_extent()
            assert text.get_fontsize() >= 8
            assert 0 <= box.x0 <= box.x1 <= 400, text.get_text()
            assert 0 <= box.y0 <= box.y1 <= figure.bbox.height, text.get_text()


def test_the_colors_are_those_of_the_light_report_page() -> None:
    assert {"inside", "outside", "ink", "soft", "line", "paper", "compliance", "bad"} <= set(canvas.palette())
    assert canvas.palette()["paper"] == "#ffffff"


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: draw_credits(mixed()), "assessment"),  # type: ignore[arg-type]
        (lambda: draw_credits(cec.evaluate(mixed()), ax=3), "ax"),  # type: ignore[arg-type]
        (lambda: draw_year(mixed()), "assessment"),  # type: ignore[arg-type]
        (lambda: draw_changes(mixed()), "comparison"),  # type: ignore[arg-type]
        (lambda: draw_distance([1]), "members"),
        (lambda: draw_reasons(3), "decisions"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call: Any, where: str) -> None:
    with pytest.raises(cec.InvalidValue) as caught:
        call()
    assert caught.value.path[0] == where


def test_a_frame_of_another_function_is_refused_with_every_column_it_lacks() -> None:
    with pytest.raises(cec.InvalidDocument) as caught:
        draw_reasons(evaluate_frame(*tables("polars"), renewal_year=2014))
    assert [problem.path for problem in caught.value.problems] == [("decisions", "findings"), ("decisions", "claimed")]


def test_without_matplotlib_one_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "cecrules\[plots\]"') as caught:
        importlib.reload(plots)
    assert caught.value.name == "matplotlib"


def test_importing_the_package_loads_no_matplotlib() -> None:
    code = "import sys, cecrules; cecrules.evaluate; print('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
