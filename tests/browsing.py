"""The built site, a server for it and a browser; what is not at hand is named, and the tests are skipped."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def modules() -> Path:
    """The packages that `npm install --prefix docs/browser` installs, or those in the folder NODE_MODULES names."""
    return Path(os.environ.get("NODE_MODULES", ROOT / "docs" / "browser" / "node_modules"))


def package(name: str) -> Path:
    if not (modules() / name).is_dir():
        pytest.skip(f"needs the npm package {name}: npm install --prefix docs/browser")
    return modules() / name


def build(out: Path) -> Path:
    """Builds the site, or takes the one that SITE names."""
    if given := os.environ.get("SITE"):
        return Path(given)
    for name in ("sphinx", "furo", "myst_nb", "sphinx_copybutton", "sphinx_design"):
        pytest.importorskip(name, reason="needs the packages of constraints/docs.txt")
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "-q", "-b", "html", str(ROOT / "docs"), str(out)]
    subprocess.run(command, check=True, timeout=300)
    return out


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def copyfile(self, source: Any, outputfile: Any) -> None:
        # A page that is left stops its downloads.
        with suppress(ConnectionError):
            super().copyfile(source, outputfile)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves a folder on a free port, and yields the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def browser() -> Iterator[Any]:
    """Yields Chromium, Debian's if it is there and Playwright's own if not."""
    api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    debian = shutil.which("chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    with api.sync_playwright() as play:
        if debian is None and not Path(play.chromium.executable_path).exists():
            pytest.skip("needs Chromium: apt-get install chromium, or playwright install chromium")
        started = play.chromium.launch(executable_path=debian, args=quiet)
        try:
            yield started
        finally:
            started.close()


def gathered(site: Path) -> Path:
    """Puts the page that decides in the browser into a site, unless it is there."""
    if not (site / "try" / "vocabulary.json").exists():
        package("pyodide")
        gather = [sys.executable, str(ROOT / "docs" / "browser" / "gather.py"), str(site), "--modules", str(modules())]
        subprocess.run(gather, check=True, timeout=300)
    return site
