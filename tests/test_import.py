"""Importing the package reads no file and loads nothing that only some of it needs."""

import pkgutil
import subprocess
import sys

import pytest

import cecrules as cec

HEAVY = (
    "narwhals",
    "polars",
    "pandas",
    "pyarrow",
    "duckdb",
    "matplotlib",
    "pyspark",
    "numpy",
    "rich",
    "argparse",
    "hypothesis",
    "xml",
    "html",
)
SCRIPT = """
import sys
import attrs, dateutil.relativedelta
before = set(sys.modules)
opened = []
sys.addaudithook(lambda event, arguments: opened.append(arguments[0]) if event == "open" else None)
import cecrules
loaded = {name.split(".")[0] for name in set(sys.modules) - before}
print([name for name in %r if name in loaded])
print([str(file) for file in opened if not str(file).endswith((".py", ".pyc")) and ".pyc." not in str(file)])
"""


def test_importing_loads_nothing_heavy_and_opens_no_data() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT % (HEAVY,)], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines() == ["[]", "[]"]


def test_every_public_name_is_there() -> None:
    assert all(hasattr(cec, name) for name in cec.__all__)
    assert len(set(cec.__all__)) == len(cec.__all__)


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'NAAEI_1066'"):
        _ = cec.NAAEI_1066


@pytest.mark.parametrize("name", [name for name in cec.__all__ if name not in ("__version__", "NAAEI_2014")])
def test_every_public_name_says_what_it_is(name: str) -> None:
    assert getattr(cec, name).__doc__


def test_no_public_name_is_that_of_a_module() -> None:
    """Loading the module would put it in the place of the name."""
    modules = {module.name for module in pkgutil.iter_modules(cec.__path__)}
    assert modules.isdisjoint(cec.__all__)


def test_every_public_name_is_offered_by_dir() -> None:
    assert set(cec.__all__) <= set(dir(cec))
