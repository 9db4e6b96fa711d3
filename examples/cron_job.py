"""A job that decides every submission in a folder, and writes one line of JSON for each.

    python examples/cron_job.py inbox done >> answers.jsonl

A file is moved to the folder `done` once its line is written. A run that was interrupted writes at most one line twice,
and loses none.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

import cecrules as cec


def main(inbox: Path, done: Path, out: TextIO) -> None:
    if not inbox.is_dir():
        sys.exit(f"there is no folder {inbox}")
    done.mkdir(exist_ok=True)
    for file in sorted(each for each in inbox.glob("*.json") if each.is_file()):
        print(json.dumps({"file": file.name, **answer(file.read_bytes())}), file=out, flush=True)
        os.replace(file, done / file.name)


def answer(body: bytes) -> dict[str, Any]:
    """The assessment by the edition that governs the renewal year, or every problem."""
    try:
        submission = cec.loads(body)
        return cec.to_dict(cec.evaluate(submission, cec.edition_for(submission.renewal_year)))
    except cec.CecRulesError as error:
        problems = [{"path": one.path, "code": one.code, "detail": one.problem} for one in error.problems]
        return {"renewable": None, "errors": problems}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdout)
