"""At least half in network, at most half outside; both halves are of what is required."""

import itertools
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, codes, compliance, decide
from cecrules.rules.half_split import left_out


@pytest.mark.clause("network.half")
class TestNetworkHalf:
    """At least half of the required credits come from the network: 3 of 6, exactly 1.5 of 3."""

    @pytest.mark.parametrize(("held", "least"), [("CAM", 180), ("NALP", 90)])
    def test_half_is_enough_and_a_minute_less_is_not(self, held: str, least: int) -> None:
        rest = activity("college_course", minutes=least, addresses_compliance=True)
        assert decide(activity(minutes=least), rest, held=[held]).renewable
        short = decide(activity(minutes=least - 1), rest, held=[held])
        assert (short.shortfall.in_network.minutes, short.shortfall.total.minutes) == (1, 1)

    def test_it_is_half_of_what_is_required_not_of_what_was_earned(self) -> None:
        assessment = decide(compliance(hours=4), activity("college_course", hours=6))
        assert assessment.renewable
        assert (assessment.in_network, assessment.out_of_network) == (4, 3)

    def test_everything_may_come_from_the_network(self) -> None:
        assert decide(compliance(hours=6)).renewable

    def test_the_check_names_the_clause_and_its_verb(self) -> None:
        check = decide().checks[1]
        assert (check.rule, check.required, check.strength, check.clause) == ("in_network", 3, "must", "network.half")


@pytest.mark.clause("outside.half")
class TestOutsideHalf:
    """No more than half of the required credits come from other sources."""

    @given(st.lists(st.integers(1, 400), max_size=6))
    def test_no_more_than_half_counts_to_the_minute(self, minutes: list[int]) -> None:
        assessment = decide(*[activity("college_course", minutes=length) for length in minutes])
        assert assessment.out_of_network.minutes == min(sum(minutes), 180)
        taken = sum(finding.credits.minutes for decision in assessment.decisions for finding in decision.findings)
        assert sum(minutes) == assessment.out_of_network.minutes + taken

    def test_what_does_not_fit_is_taken_from_the_last(self) -> None:
        assessment = decide(activity("college_course", hours=2), activity("housing_service", hours=3))
        (finding,) = assessment.decisions[1].findings
        assert (finding.code, finding.clause, finding.credits, finding.limit) == ("over_half", "outside.half", 2, 3)

    def test_to_the_half_nothing_is_taken_and_a_minute_over_it_is(self) -> None:
        just, over = (decide(activity("college_course", minutes=length)) for length in (180, 181))
        assert codes(just.decisions[0]) == []
        (finding,) = over.decisions[0].findings
        assert (finding.code, finding.credits.minutes) == ("over_half", 1)

    def test_compliance_credits_are_kept_first(self) -> None:
        assessment = decide(
            activity("college_course", hours=3), activity("college_course", hours=1, addresses_compliance=True)
        )
        assert assessment.compliance == 1
        assert [decision.credited for decision in assessment.decisions] == [2, 1]

    def test_a_cap_and_the_half_may_both_take(self) -> None:
        book = cec.edition("naaei-2022")
        assessment = decide(
            activity("college_course", hours=2), activity("industry_instruction", hours=4), rulebook=book
        )
        assert codes(assessment.decisions[1]) == ["over_cap", "over_half"]
        assert assessment.decisions[1].credited == 1


def test_an_explicit_minimum_need_be_no_half() -> None:
    reported = [activity(hours=4), activity("college_course", hours=4)]
    assessment = decide(*reported, rulebook=cec.edition("naaei-2022"))
    assert (assessment.in_network, assessment.out_of_network, assessment.shortfall.in_network) == (4, 3, 1)


def test_half_of_three_was_later_two_whole_credits() -> None:
    half = [compliance(minutes=90), activity("college_course", minutes=90)]
    assert decide(*half, held=["NALP"]).renewable
    later = decide(*half, held=["NALP"], rulebook=cec.edition("naaei-2021"))
    assert later.shortfall.in_network == 0.5


def test_half_of_an_odd_number_of_minutes_is_not_rounded_down() -> None:
    book = cec.NAAEI_2014.evolve(credit={"minutes": 25}, designations={"CAS": {"credits": 1}})
    assert decide(held=["CAS"], rulebook=book).checks[1].required.minutes == 13


def test_the_rule_alone_takes_what_does_not_fit_into_the_room() -> None:
    reported = [activity("college_course"), activity(), activity("published_article"), activity("college_course")]
    ((position, finding),) = cec.over_half(reported, [60, 500, 60, 90], range(4), 180, cec.NAAEI_2014)
    assert (position, finding.code, finding.credits, finding.limit) == (3, "over_half", 0.5, 3)


def test_the_half_keeps_the_first_in_the_order() -> None:
    reported = [activity("college_course", hours=2), activity("published_article", hours=2)]
    ((position, finding),) = cec.over_half(reported, [120, 120], [1, 0], 180, cec.NAAEI_2014)
    assert (position, finding.credits) == (0, 1)
    assert cec.over_half(reported, [120, 120], [1], 180, cec.NAAEI_2014) == []


REPORTED = cec.NAAEI_2014.evolve(id="reported", in_network={"of": "reported"})
COURSE = "college_course"


class TestHalfOfReported:
    """Read as half of the credits reported, activities outside the network are left out whole."""

    def test_no_choice_of_whole_activities_has_half_in_network(self) -> None:
        done = compliance(hours=3), activity(COURSE, hours=4.5)
        assert decide(*done).renewable
        found = decide(*done, rulebook=REPORTED)
        assert (found.credited, found.shortfall.total) == (3, 3)
        (finding,) = found.decisions[1].findings
        assert (finding.code, finding.clause, finding.credits, finding.limit) == ("over_half", "network.half", 4.5, 3)

    @pytest.mark.parametrize(("hours", "renewable"), [(3, True), (3.5, False)])
    def test_it_may_be_as_long_as_the_credits_in_network(self, hours: float, renewable: bool) -> None:
        assert decide(compliance(hours=3), activity(COURSE, hours=hours), rulebook=REPORTED).renewable is renewable

    def test_the_activities_that_reach_the_total_are_kept(self) -> None:
        lengths = 2, 1.5, 1.5
        found = decide(compliance(hours=3), *[activity(COURSE, hours=each) for each in lengths], rulebook=REPORTED)
        assert [decision.credited for decision in found.decisions] == [3, 0, 1.5, 1.5]

    def test_then_those_on_compliance(self) -> None:
        about = {"addresses_compliance": True}
        done = activity(hours=3), activity(COURSE, hours=3), activity(COURSE, hours=3, **about)
        found = decide(*done, rulebook=REPORTED)
        assert (found.renewable, [decision.credited for decision in found.decisions]) == (True, [3, 0, 3])

    @pytest.mark.parametrize(
        ("inside", "about", "outside", "kept"),
        [
            # An hour is missing, and one way is shorter than two activities that reach it too.
            (120, 60, [(100, False), (50, False), (55, False)], [0]),
            (120, 60, [(100, False), (50, False), (45, False)], [1, 2]),
            # Nothing is missing, so that the first is kept, and not the shortest.
            (180, 60, [(150, False), (100, False)], [0]),
            # The compliance credit is there, so that the shorter one is kept.
            (120, 60, [(60, False), (80, True)], [0]),
            # Of two that are alike, the first is kept.
            (120, 60, [(100, False), (100, False)], [0]),
            # To the minute: a minute less is not enough.
            (119, 60, [(60, False), (61, False)], [1]),
        ],
    )
    def test_the_shortest_way_to_what_is_missing_is_kept(
        self, inside: int, about: int, outside: list[tuple[int, bool]], kept: list[int]
    ) -> None:
        done = [compliance(minutes=about), activity(minutes=inside - about)]
        done += [
            activity(COURSE, minutes=minutes, addresses_compliance=on, title=str(minutes)) for minutes, on in outside
        ]
        found = decide(*done, held=["NALP"], rulebook=REPORTED)
        assert [place for place, decision in enumerate(found.decisions[2:]) if decision.credited] == kept

    def test_others_are_kept_where_they_fit(self) -> None:
        done = [activity(COURSE, hours=each, title=str(each)) for each in (3, 0.5, 0.25, 0.75)]
        found = decide(compliance(hours=4), *done, rulebook=REPORTED)
        assert [decision.credited for decision in found.decisions] == [4, 3, 0, 0, 0]
        assert [codes(decision) for decision in found.decisions[1:]] == [
            [],
            ["over_half"],
            ["over_half"],
            ["over_half"],
        ]
        assert [decision.findings[0].clause for decision in found.decisions[2:]] == [
            "outside.half",
            "outside.half",
            "network.half",
        ]

    def test_activities_that_are_not_accepted_are_not_reported(self) -> None:
        done = compliance(hours=3), activity(COURSE, hours=3), activity(COURSE, hours=9, documents=())
        assert decide(*done, rulebook=REPORTED).renewable

    def test_a_share_of_nothing_leaves_nothing_out(self) -> None:
        book = REPORTED.evolve(in_network={"share": 0})
        assert decide(activity(COURSE, hours=9, addresses_compliance=True), rulebook=book).credited == 6

    def test_one_activity_alone_is_not_held_to_it(self) -> None:
        assert cec.screen(activity(COURSE, hours=2), rulebook=REPORTED).decision.credited == 2

    @pytest.mark.parametrize("share", ["1/2", "1/4", "3/4", "1/3"])
    def test_what_is_left_out_is_that_of_trying_every_choice(self, share: str) -> None:
        book = REPORTED.evolve(in_network={"share": share})
        rng = random.Random(share)
        for _ in range(500):
            done = [
                activity(rng.choice([COURSE, COURSE, "association_course"]), addresses_compliance=rng.random() < 0.5)
                for _ in range(rng.randint(1, 7))
            ]
            minutes = [rng.randint(0, 9) for _ in done]
            order = rng.sample(range(len(done)), len(done))
            required = rng.randint(0, 30), rng.randint(0, 9)
            found = left_out(done, minutes, order, book, required=required)
            outside = [at for at in order if done[at].kind == COURSE and minutes[at]]
            inside = sum(minutes) - sum(minutes[at] for at in outside)
            room = int(inside / Fraction(share) - inside)
            out = [at for at, _ in found]
            assert out in self.leave_out(done, minutes, outside, room, required)
            assert all(finding.credits.minutes == minutes[at] for at, finding in found)
            assert all(finding.limit.minutes == room for _, finding in found if finding.limit is not None)

    def leave_out(
        self, done: list[cec.Activity], minutes: list[int], outside: list[int], room: int, required: tuple[int, int]
    ) -> list[list[int]]:
        """Returns what each of the best choices leaves out, when the others have been kept where they fit."""

        def rank(choice: tuple[int, ...]) -> tuple[int, int, int]:
            reported = [at for at in range(len(done)) if at not in outside or at in choice]
            about = sum(minutes[at] for at in reported if done[at].addresses_compliance)
            total = sum(minutes[at] for at in reported)
            return min(total, required[0]), min(about, required[1]), -sum(minutes[at] for at in choice)

        sizes = range(len(outside) + 1)
        ways = [way for size in sizes for way in itertools.combinations(outside, size)]
        ways = [way for way in ways if sum(minutes[at] for at in way) <= room]
        best, left = max(map(rank, ways)), []
        for way in ways:
            if rank(way) == best:
                free, out = room - sum(minutes[at] for at in way), []
                for at in outside:
                    if at not in way and minutes[at] > free:
                        out.append(at)
                    elif at not in way:
                        free -= minutes[at]
                left.append(out)
        return left

    @pytest.mark.parametrize(("most", "refused"), [(1, True), (2, True), (3, False)])
    def test_the_steps_of_the_search_are_counted(
        self, monkeypatch: pytest.MonkeyPatch, most: int, refused: bool
    ) -> None:
        monkeypatch.setattr("cecrules.rules.half_split.MOST_STEPS", most)
        done = [activity(COURSE, title=str(minutes)) for minutes in (60, 90)]
        try:
            left_out([activity(), *done], [60, 60, 90], range(3), REPORTED, required=(360, 60))
        except cec.InvalidValue:
            assert refused
        else:
            assert not refused

    def test_too_many_ways_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cecrules.rules.half_split.MOST_STEPS", 9)
        courses = [activity(COURSE, minutes=30 + each, title=str(each)) for each in range(12)]
        with pytest.raises(cec.InvalidValue) as caught:
            decide(compliance(hours=3), *courses, rulebook=REPORTED)
        (problem,) = caught.value.problems
        assert (problem.path, problem.code) == (("activities",), "out_of_range")
        assert problem.problem == "must leave fewer ways to choose the activities outside the network, got too many"

    @given(
        st.lists(
            st.tuples(st.sampled_from([COURSE, "association_course"]), st.integers(1, 8), st.booleans()), max_size=7
        ),
        st.sampled_from(["0.5", "0.25", "0.75", "1/3"]),
    )
    def test_it_renews_where_some_choice_of_whole_activities_does(
        self, done: list[tuple[str, int, bool]], share: str
    ) -> None:
        book = REPORTED.evolve(in_network={"share": share})
        activities = [
            activity(kind, minutes=30 * length, addresses_compliance=about, title=str(place))
            for place, (kind, length, about) in enumerate(done)
        ]
        choices = itertools.chain.from_iterable(itertools.combinations(done, size) for size in range(len(done) + 1))
        found = decide(*activities, rulebook=book)
        assert found.renewable is any(self.has_the_share(choice, Fraction(share)) for choice in choices)
        for decision in found.decisions:
            assert decision.claimed == sum((finding.credits for finding in decision.findings), decision.credited)

    def has_the_share(self, choice: tuple[tuple[str, int, bool], ...], share: Fraction) -> bool:
        total = sum(length for _, length, _ in choice)
        inside = sum(length for kind, length, _ in choice if kind != COURSE)
        about = sum(length for _, length, about in choice if about)
        return total >= 12 and inside >= share * total and about >= 2
