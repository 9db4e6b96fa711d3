"""Decides random people in many conditions at once, and compares what comes out byte by byte.

    python tests/soak.py [PEOPLE]

The conditions are hash seeds, locales, time zones, optimization, threads, fork and spawn. Each writes the assessments of
the same people by every edition as JSON, text and page; prints the digest of each condition; fails where two differ.
`pytest -m soak` runs it for a few people.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, timedelta

import cecrules as cec

CONDITIONS: dict[str, tuple[list[str], dict[str, str]]] = {
    "as it is": ([], {}),
    "hash seed 1": ([], {"PYTHONHASHSEED": "1"}),
    "hash seed 4294967295": ([], {"PYTHONHASHSEED": "4294967295"}),
    "optimized": (["-O"], {}),
    "optimized, without docstrings": (["-OO"], {}),
    "isolated": (["-I"], {}),
    "development mode": (["-X", "dev"], {}),
    "the C locale": (["-X", "utf8=0"], {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}),
    "a Turkish locale": ([], {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "a day ahead": ([], {"TZ": "Pacific/Kiritimati"}),
    "a day behind": ([], {"TZ": "Etc/GMT+12"}),
    "nothing in the environment": ([], {"PATH": ""}),
}
THREADS, PROCESSES = 16, 2


def main(people: int = 20_000) -> int:
    """Runs every condition and prints its digest."""
    digests = {name: _elsewhere(people, *condition) for name, condition in CONDITIONS.items()}
    digests["threads"] = _in_threads(people)
    for method in ("fork", "spawn"):
        with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context(method)) as pool:
            digests[method] = _together(list(pool.map(told, range(people), chunksize=max(people // 8, 1))))
    for name, digest in digests.items():
        print(f"{digest[:16]}  {name}")
    return int(len(set(digests.values())) > 1)


def digest(people: int) -> str:
    """Returns the digest of everything said of so many people."""
    return _together([told(number) for number in range(people)])


def told(number: int) -> str:
    """Returns the digest of everything said of one person, who is the same each time."""
    whole = hashlib.sha256()
    dice = random.Random(number)
    for name in cec.editions():
        book = cec.edition(name)
        submission = _submission(dice, book)
        whole.update(cec.dumps(submission).encode())
        try:
            assessment = cec.evaluate(submission, book)
        except cec.CecRulesError as error:
            whole.update(f"{error!r} {error}".encode())
        else:
            assert cec.figures(submission, book).shortfall == assessment.shortfall
            whole.update((cec.dumps(assessment) + cec.explain(assessment) + cec.to_html(assessment)).encode())
    return whole.hexdigest()


def _submission(dice: random.Random, book: cec.Rulebook) -> cec.Submission:
    year = dice.choice([book.governs.first or 2025, 2014, 2023])
    held = dice.sample([rule.designation for rule in book.designations], dice.randint(1, 2))
    return cec.Submission(
        renewal_year=year,
        designations=held,
        activities=[_activity(dice, year) for _ in range(dice.randint(0, 8))],
        term_starts={designation: date(year - 1, dice.randint(1, 12), 28) for designation in held},
        holder=dice.choice([None, "a CAM holder", "İstanbul"]),
    )


def _activity(dice: random.Random, year: int) -> cec.Activity:
    return cec.Activity(
        title=dice.choice(["Board", "board ", "Straße", "STRASSE", "Işık", "ışık", "Fair housing"]),
        kind=dice.choice(list(cec.ActivityKind)),
        earned_on=date(year - 1, 1, 1) + timedelta(days=dice.randint(-30, 500)),
        minutes=dice.randint(1, 400),
        provider=dice.choice(["", "Anytown Apartment Association"]),
        addresses_compliance=dice.choice([True, False, None]),
        compensated=dice.choice([True, False, False, None]),
        bought_through_association=dice.choice([True, False]),
        documents=dice.sample(list(cec.DocumentKind), dice.randint(0, 4)),
    )


def _together(digests: list[str]) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _elsewhere(people: int, options: list[str], environment: dict[str, str]) -> str:
    command = f"import sys; sys.path[:0] = {sys.path!r}; import soak; print(soak.digest({people}))"
    own = {**os.environ, **environment} if "PATH" not in environment else environment
    found = subprocess.run(
        [sys.executable, *options, "-c", command], env=own, check=True, capture_output=True, text=True
    )
    return found.stdout.strip()


def _in_threads(people: int) -> str:
    """Lets many threads begin at one moment, each on everybody's first fifty, and then decide everybody together."""
    gate = threading.Barrier(THREADS)

    def first() -> str:
        gate.wait()
        return digest(min(people, 50))

    with ThreadPoolExecutor(THREADS) as pool:
        assert len({each.result() for each in [pool.submit(first) for _ in range(THREADS)]}) == 1
        return _together(list(pool.map(told, range(people))))


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import soak  # by its name, so that a process that is started anew finds the functions

    sys.exit(soak.main(*map(int, sys.argv[1:])))
