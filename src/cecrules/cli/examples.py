"""Lists the examples that `--help` shows of each command; the tests run every one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

__all__ = ["BEGIN", "EXAMPLES", "listed_below"]

# What a line does, by the line.
Examples = Mapping[str, str]

BEGIN: Examples = MappingProxyType(
    {
        "cecrules schema > submission.schema.json": "the form of a submission",
        "cecrules check submission.json": "decide one, with every reason",
        "cecrules batch activities.csv designations.csv -o members.csv --renewal-year 2014": "decide many",
        "cecrules rules": "the rules themselves",
    }
)
EXAMPLES: Mapping[str, Examples] = MappingProxyType(
    {
        "check": {
            "cecrules check submission.json": "the decision, with every reason",
            "cecrules check first.json second.json": "a summary first, then each decision",
            "cecrules check submission.json --as-of 2013-10-01 --worth": "what to do next",
            "cecrules check submission.json --format html > report.html": "a page to read or print",
            "cecrules check - --edition in-force < submission.json": "by the edition of its renewal year",
        },
        "plan": {
            "cecrules plan submission.json offerings.csv": "the cheapest way to finish",
            "cecrules plan submission.json offerings.csv --as-of 2013-10-01": "without what has passed",
        },
        "years": {"cecrules years submission.json 2014-2016": "which renewal each activity counts for"},
        "certify": {
            "cecrules certify submission.json > certificate.json": "an answer that others can check",
            "cecrules certify --verifier": "the path of the program that checks it",
        },
        "verify": {"cecrules verify receipt.json submission.json": "decide again, and say what differs"},
        "rules": {
            "cecrules rules naaei-2022": "one edition",
            "cecrules rules --compare naaei-2014 naaei-2022": "what changed between two",
            "cecrules rules --check own.toml": "check a rulebook of your own",
        },
        "batch": {
            "cecrules batch activities.csv designations.csv -o members.csv --renewal-year 2014": "two tables",
            "cecrules batch --jsonl submissions.jsonl -o decisions.jsonl": "submissions, one a line",
        },
        "layout": {"cecrules layout ledger.csv > office.toml": "propose a layout, for you to finish"},
        "schema": {"cecrules schema --assessment": "the form of an assessment"},
        "completion": {"cecrules completion bash > ~/.local/share/bash-completion/completions/cecrules": "for bash"},
    }
)


def listed_below(title: str, examples: Examples, end: Sequence[str] = ()) -> str:
    """Returns examples as the lines that stand below the options."""
    lines = [f"{title}:", *(f"  {line}\n      {says}" for line, says in examples.items())]
    return "\n".join([*lines, *end])
