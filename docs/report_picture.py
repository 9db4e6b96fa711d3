"""Makes the picture of a report on the front page, with Chromium and Playwright.

`python docs/report_picture.py` makes it anew. The text of the page that it shows is kept beside it as a hash, so that a
test without a browser tells when it is stale.
"""

import hashlib
import re
import shutil
from pathlib import Path

import cecrules as cec

HERE = Path(__file__).parent
PICTURE = HERE / "_static" / "report.png"
KEPT = HERE / "_static" / "report.sha256"
_WIDTH = 480


def page() -> str:
    """Returns the page of the submission that the front page decides."""
    (lines,) = re.findall(r"^```python\n(.*?)^print", (HERE / "index.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    names: dict[str, cec.Assessment] = {}
    exec(lines, names)  # noqa: S102 - our own page
    return cec.to_html(names["found"])


def told(html: str) -> str:
    """Returns the hash of a page, whatever the version that made it."""
    return hashlib.sha256(html.replace(cec.__version__, "").encode()).hexdigest()


def main() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only the picture needs it

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(
            viewport={"width": _WIDTH, "height": 100}, device_scale_factor=1.5, color_scheme="light"
        )
        view.set_content(page())
        view.screenshot(path=PICTURE, full_page=True)
        browser.close()
    KEPT.write_text(told(page()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
