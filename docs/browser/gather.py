"""Puts everything that the page in the browser needs into a built site.

`python docs/browser/gather.py docs/_build` builds the wheel of this library, takes the wheels of its dependencies with
pip and the runtime from the npm package pyodide, and writes the words of the form from the library.
"""

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from enum import StrEnum
from pathlib import Path

import cecrules as cec

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("--modules", type=Path, default=HERE / "node_modules", help="where npm installed pyodide")
    chosen = parser.parse_args()
    gather(chosen.site / "try", chosen.modules)


def gather(page: Path, modules: Path) -> None:
    """Fills the folder of the page."""
    runtime = page / "runtime"
    shutil.rmtree(runtime, ignore_errors=True)
    runtime.mkdir(parents=True)
    for name in RUNTIME:
        shutil.copyfile(modules / "pyodide" / name, runtime / name)
    wheels = _wheels(runtime)
    (runtime / "contents.json").write_text(json.dumps({"wheels": wheels}), "utf-8")
    (page / "vocabulary.json").write_text(json.dumps(_vocabulary(runtime)), "utf-8")


def _wheels(runtime: Path) -> list[str]:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*pip, "wheel", "-w", folder, "-c", str(HERE / "wheels.txt"), str(ROOT)], check=True)  # noqa: S603
        wheels = sorted(Path(folder).glob("*.whl"))
        for wheel in wheels:
            shutil.copyfile(wheel, runtime / wheel.name)
    return [wheel.name for wheel in wheels]


def _vocabulary(runtime: Path) -> dict[str, object]:
    books = [cec.edition(name) for name in cec.editions()]
    codes = cec.ActivityKind
    return {
        "editions": [
            {
                "id": book.id,
                "title": book.title,
                "window": book.window.kind,
                "aliases": {alias.code: alias.means for alias in book.aliases},
                "documents": _documents(book),
                "statements": {rule.kind: [each.field for each in rule.conditions] for rule in book.kinds},
            }
            for book in books
            if book.window.kind is not cec.WindowKind.UNKNOWN
        ],
        "designations": [{"code": each, "label": f"{each}, {each.full_name}"} for each in cec.Designation],
        "kinds": _labels(list(codes)),
        "occasions": [kind for kind in codes if kind.is_occasion],
        "documents": _labels(list(cec.DocumentKind)),
        "example": json.loads((HERE / "example.json").read_text("utf-8")),
        "weight": _weight(runtime),
    }


def _documents(book: cec.Rulebook) -> dict[str, list[str]]:
    """Returns the documents that each kind calls for; a kind that calls for none is left out."""
    groups = {group.name: list(group.documents) for group in book.evidence}
    return {rule.kind: groups[rule.evidence] for rule in book.kinds if rule.evidence}


def _labels(members: list[StrEnum]) -> list[dict[str, str]]:
    return [{"code": each, "label": each.label} for each in members]  # type: ignore[attr-defined]


def _weight(runtime: Path) -> str:
    files = [path.read_bytes() for path in runtime.iterdir()]
    plain = sum(map(len, files)) / 1e6
    packed = sum(len(gzip.compress(content, mtime=0)) for content in files) / 1e6
    return (
        f"The first visit loads {plain:.1f} MB ({packed:.1f} MB if the server compresses): Python for browsers "
        f"(Pyodide), cecrules {cec.__version__} and its dependencies. All of it comes from this site, and your browser "
        "keeps it."
    )


if __name__ == "__main__":
    main()
