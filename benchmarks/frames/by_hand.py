"""The rules of 2014 written by hand, once in Polars and once in SQL, with their numbers in them.

What a careful analyst would write for this one edition; both give the columns of `evaluate_frame`.
"""

from __future__ import annotations

from datetime import date

import polars as pl

EDUCATION = ("certificate_of_completion", "transcript", "exam_results", "payment_receipt", "signed_reporting_form")
SERVICE = ("member_listing", "appointment_letter")
INSTRUCTION = ("course_promotion", "instruction_letter")
ARTICLE = ("published_article",)
EVERY = (*EDUCATION, *SERVICE, *INSTRUCTION, *ARTICLE)
COURSES = ("conference_session", "association_course", "grace_hill_course")
OUTSIDE_COURSES = ("college_course", "housing_organization_program", "real_estate_board_course")
OUTSIDE = (*OUTSIDE_COURSES, "housing_service", "industry_instruction", "published_article")
UNPAID = ("association_instruction", "industry_instruction", "published_article")
SINGLE = ("association_service", "legislative_event")
NEVER = ("in_house_training", "unlisted", "visto_course", "sponsor_course", "volunteer_grading")
UNMEASURED = (*SINGLE, "volunteer_grading")
KINDS = (*COURSES, *OUTSIDE, *SINGLE, "association_instruction", *NEVER)
SIX, THREE = ("CAM", "CAPS"), ("NALP", "CALP", "CAS", "AIME")
SPACES = "[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"


def _any(documents: tuple[str, ...]) -> str:
    return rf"(?:^|;)\s*(?:{'|'.join(documents)})\s*(?:;|$)"


def _valid() -> str:
    return rf"^\s*(?:{'|'.join(EVERY)})?\s*(?:;\s*(?:{'|'.join(EVERY)})?\s*)*$"


def polars_query(activities: pl.LazyFrame, designations: pl.LazyFrame) -> pl.LazyFrame:
    """Returns the lazy query."""
    kind, documents, compliance = pl.col("kind"), pl.col("documents"), pl.col("addresses_compliance")
    bad = (
        ~kind.is_in(KINDS)
        | pl.col("earned_on").is_null()
        | (pl.col("minutes").is_null() & ~kind.is_in(UNMEASURED))
        | ~pl.col("minutes").is_between(1, 527040)
        | ~pl.col("title").str.contains(r"\S")
        | ~documents.str.contains(_valid())
    )
    documented = (
        pl.when(kind.is_in(COURSES + OUTSIDE_COURSES))
        .then(documents.str.contains(_any(EDUCATION)))
        .when(kind.is_in(("association_service", "housing_service")))
        .then(documents.str.contains(_any(SERVICE)))
        .when(kind.is_in(("association_instruction", "industry_instruction")))
        .then(documents.str.contains(_any(INSTRUCTION)))
        .when(kind == "published_article")
        .then(documents.str.contains(_any(ARTICLE)))
        .otherwise(documents.str.contains(_any(EVERY)))
    )
    counts = (
        pl.col("earned_on").is_between(date(2013, 1, 1), date(2013, 12, 31))
        & ~kind.is_in(NEVER)
        & ~(kind.is_in(UNPAID) & pl.col("compensated"))
        & ((kind != "grace_hill_course") | pl.col("bought_through_association"))
        & documented
    )
    rows = activities.with_columns(bad=bad.fill_null(True)).with_columns(counts=counts & ~pl.col("bad"))
    minutes = pl.when("counts").then("minutes").otherwise(0)
    courses, teaching, outside = kind.is_in(COURSES), kind == "association_instruction", kind.is_in(OUTSIDE)
    hours = (
        rows.select(
            "member",
            "bad",
            c=pl.when(courses).then(minutes).otherwise(0),
            t=pl.when(teaching).then(minutes).otherwise(0),
            o=pl.when(outside).then(minutes).otherwise(0),
            cc=pl.when(courses & compliance).then(minutes).otherwise(0),
            tc=pl.when(teaching & compliance).then(minutes).otherwise(0),
            oc=pl.when(outside & compliance).then(minutes).otherwise(0),
        )
        .group_by("member")
        .agg(pl.col("bad", "c", "t", "o", "cc", "tc", "oc").sum(), n=pl.len())
    )
    event = kind == "legislative_event"
    once = (
        rows.filter(pl.col("counts") & kind.is_in(SINGLE))
        .select(
            "member",
            "kind",
            "addresses_compliance",
            pl.col("provider", "title").str.replace_all(SPACES, "").str.to_lowercase(),
            day=pl.when(event).then("earned_on"),
        )
        .group_by("member", "kind", "provider", "title", "day")
        .agg(pl.col("addresses_compliance").max())
        .group_by("member")
        .agg(
            e=event.sum() * 60,
            s=(~event).sum() * 60,
            ec=(event & compliance).sum() * 60,
            sc=(~event & compliance).sum() * 60,
        )
    )
    held = designations.group_by("member").agg(
        required=pl.col("designation")
        .replace_strict([*SIX, *THREE], [360, 360, 180, 180, 180, 180], default=None, return_dtype=pl.Int64)
        .max(),
        bad_held=(~pl.col("designation").is_in(SIX + THREE)).sum(),
    )
    every = held.join(hours, on="member", how="full", coalesce=True).join(once, on="member", how="left")
    every = every.with_columns(
        pl.col("bad_held", "bad", "n", "c", "t", "o", "cc", "tc", "oc", "e", "s", "ec", "sc")
        .cast(pl.Int64)
        .fill_null(0)
    )
    room = pl.col("required") // 2
    judged = (
        every.with_columns(
            required=pl.when(pl.col("bad_held") == 0).then("required"),
            in_network=pl.col("c") + pl.col("e") + pl.min_horizontal("t", 180) + pl.min_horizontal("s", 180),
        )
        .with_columns(
            out_of_network=pl.min_horizontal("o", room),
            compliance=pl.col("cc")
            + pl.col("ec")
            + pl.min_horizontal("tc", 180)
            + pl.min_horizontal("sc", 180)
            + pl.min_horizontal("oc", room),
        )
        .with_columns(credited=pl.col("in_network") + pl.col("out_of_network"))
        .with_columns(
            short_total=(pl.col("required") - pl.col("credited")).clip(0),
            short_in_network=(room - pl.col("in_network")).clip(0),
            short_compliance=(60 - pl.col("compliance")).clip(0),
        )
    )
    known = pl.col("required").is_not_null()
    amounts = ["credited", "in_network", "out_of_network", "compliance"]
    shortages = ["short_total", "short_in_network", "short_compliance"]
    return judged.select(
        "member",
        *[(pl.when(known).then(name) / (pl.col("n") * 0 + 60)).alias(name) for name in ("required", *amounts)],
        (known & (pl.sum_horizontal(shortages) == 0)).alias("renewable"),
        *[(pl.when(known).then(name) / (pl.col("n") * 0 + 60)).alias(name) for name in shortages],
        (pl.when(known).then("bad").otherwise("n") + pl.col("bad_held")).alias("bad_rows"),
    )


def sql_query() -> str:
    """Returns the query over tables `activities` and `designations`."""

    def listed(*names: str) -> str:
        return "(" + ", ".join(f"'{name}'" for name in names) + ")"

    def shown(*documents: str) -> str:
        return f"regexp_matches(coalesce(documents, ''), '{_any(documents)}')"

    folded = "lower(regexp_replace(coalesce({0}, ''), '" + SPACES + "', '', 'g'))"
    sums = ", ".join(
        f"cast(sum(case when counts and {where}{also} then minutes else 0 end) as bigint) as {name}{suffix}"
        for name, where in (
            ("c", f"kind in {listed(*COURSES)}"),
            ("t", "kind = 'association_instruction'"),
            ("o", f"kind in {listed(*OUTSIDE)}"),
        )
        for suffix, also in (("", ""), ("c", " and addresses_compliance"))
    )
    return f"""
    with screened as (
        select *, coalesce(
            kind not in {listed(*KINDS)} or earned_on is null
            or (minutes is null and kind not in {listed(*UNMEASURED)}) or minutes not between 1 and 527040
            or not regexp_matches(title, '\\S') or not regexp_matches(coalesce(documents, ''), '{_valid()}'), true) as bad
        from activities
    ), rows as (
        select *, not bad and earned_on between date '2013-01-01' and date '2013-12-31'
            and kind not in {listed(*NEVER)} and not (kind in {listed(*UNPAID)} and compensated)
            and (kind <> 'grace_hill_course' or bought_through_association)
            and case when kind in {listed(*COURSES, *OUTSIDE_COURSES)} then {shown(*EDUCATION)}
                when kind in ('association_service', 'housing_service') then {shown(*SERVICE)}
                when kind in ('association_instruction', 'industry_instruction') then {shown(*INSTRUCTION)}
                when kind = 'published_article' then {shown(*ARTICLE)}
                else {shown(*EVERY)} end as counts
        from screened
    ), hours as (
        select member, count(*) as n, cast(sum(bad::int) as bigint) as bad, {sums} from rows group by member
    ), once as (
        select member, kind = 'legislative_event' as event, max(addresses_compliance::int) as compliance
        from rows where counts and kind in {listed(*SINGLE)}
        group by member, kind, {folded.format("provider")}, {folded.format("title")},
            case when kind = 'legislative_event' then earned_on end
    ), singles as (
        select member, cast(sum(event::int) * 60 as bigint) as e, cast(sum((not event)::int) * 60 as bigint) as s,
            cast(sum(event::int * compliance) * 60 as bigint) as ec,
            cast(sum((not event)::int * compliance) * 60 as bigint) as sc
        from once group by member
    ), held as (
        select member, max(case when designation in {listed(*SIX)} then 360 when designation in {listed(*THREE)}
            then 180 end) as required, count(*) filter (designation not in {listed(*SIX, *THREE)}) as bad_held
        from designations group by member
    ), every as (
        select coalesce(held.member, hours.member) as member, case when bad_held = 0 then required end as required,
            coalesce(bad_held, 0) as bad_held, coalesce(bad, 0) as bad, coalesce(n, 0) as n,
            coalesce(c, 0) + coalesce(e, 0) + least(coalesce(t, 0), 180) + least(coalesce(s, 0), 180) as in_network,
            coalesce(cc, 0) + coalesce(ec, 0) + least(coalesce(tc, 0), 180) + least(coalesce(sc, 0), 180) as inside,
            coalesce(o, 0) as outside, coalesce(oc, 0) as outside_compliance
        from held full join hours on held.member = hours.member
        left join singles on singles.member = coalesce(held.member, hours.member)
    ), judged as (
        select *, least(outside, required // 2) as out_of_network,
            inside + least(outside_compliance, required // 2) as compliance,
            greatest(required - in_network - least(outside, required // 2), 0) as short_total,
            greatest(required // 2 - in_network, 0) as short_in_network,
            greatest(60 - inside - least(outside_compliance, required // 2), 0) as short_compliance
        from every
    )
    select member, required / 60 as required, (in_network + out_of_network) / 60 as credited,
        case when required is not null then in_network / 60 end as in_network,
        out_of_network / 60 as out_of_network, compliance / 60 as compliance,
        coalesce(short_total + short_in_network + short_compliance = 0, false) as renewable,
        short_total / 60 as short_total, short_in_network / 60 as short_in_network,
        short_compliance / 60 as short_compliance,
        case when required is not null then bad else n end + bad_held as bad_rows
    from judged
    """
