"""Spark for the tests: a module that imports this is skipped where Spark cannot run."""

import shutil

import pytest

if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17, and there is no java on the path", allow_module_level=True)
sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: constraints/frames.txt")

# PySpark 4.0 leaves sockets to be collected.
SPARK_MARKS = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
]
