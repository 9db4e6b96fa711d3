"""Fuzzes both doors, guided by coverage, for as long as it is let.

    pip install atheris && python tests/fuzz.py -max_total_time=600

Stops with the input at the first exception that is no `CecRulesError`.
"""

import sys

import atheris

with atheris.instrument_imports():
    import cecrules as cec
    from cecrules import interchange
    from cecrules.rulebook import editions

BEGINNING = 'format = "cecrules.rulebook/1"\nid = "own"\nextends = "naaei-2014"\n'


def doors(data: bytes) -> None:
    """Hands the same bytes to each door."""
    for door in (interchange.loads, editions.read_rulebook, lambda text: editions.read_rulebook(BEGINNING + text)):
        try:
            door(data if door is interchange.loads else data.decode("utf-8", "replace"))
        except cec.CecRulesError as error:
            str(error)


if __name__ == "__main__":
    atheris.Setup(sys.argv, doors)
    atheris.Fuzz()
