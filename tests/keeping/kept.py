"""The submission whose receipt is stored, and receipts that were changed together with their fingerprints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cecrules as cec
from builders import activity, compliance, submission
from cecrules.canonical import digest
from cecrules.exact import deciding

KEPT = Path(__file__).parents[1] / "kept" / "receipt.json"

MADE = submission(
    activity(minutes=100, id="a-1"),
    activity("college_course", hours=5, title="Zoë 𝄞 \u2028"),
    compliance(documents=(), earned_on="2012-12-31"),
    activity("association_service", title="Board"),
    activity("association_service", title=" board"),
    activity("association_instruction", hours="3.5"),
    holder="a CAM holder",
    first_renewal_of=["CAM"],
)


def as_of_then(receipt: cec.Receipt) -> cec.Receipt:
    """The receipt by the version of the library that wrote the stored one."""
    form = cec.to_dict(receipt)
    form["version"] = form["assessment"]["version"] = json.loads(KEPT.read_bytes())["version"]
    return resealed(form)


def resealed(form: dict[str, Any]) -> cec.Receipt:
    """A receipt whose assessment was changed together with its fingerprints."""
    form["assessment_sha256"] = digest(form["assessment"])
    form["assessment_rules_sha256"] = digest(deciding(form["assessment"]))
    return cec.from_dict(form, cec.Receipt)
