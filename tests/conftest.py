"""How the tests are run: without a clock, and without the programs that are run by hand."""

import signal
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings

# Whether a machine is slow decides nothing. What in a counter-example matters is not looked for: that takes longest.
PHASES = [phase for phase in Phase if phase is not Phase.explain]
settings.register_profile("no clock", deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")
# For runs that are made for each of hundreds of changes.
settings.register_profile("few", settings.get_profile("no clock"), max_examples=20)

collect_ignore = [
    "fuzz.py",
    "notebooks.py",
    "soak.py",
    "proof/mutated_code.py",
    "proof/mutated_rulebooks.py",
    "typing/usage.py",
]


def pytest_configure() -> None:
    """Hears signals as at a terminal, also where the tests run in the background, in which a shell has them ignored."""
    for name, handler in {"SIGINT": signal.default_int_handler, "SIGHUP": signal.SIG_DFL}.items():
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


COLLECTED = pytest.StashKey[list[pytest.Item]]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps the tests that were found, before those of other tiers are left out."""
    config.stash[COLLECTED] = list(items)


@pytest.fixture
def collected(request: pytest.FixtureRequest) -> list[pytest.Item]:
    """The tests that were found, whichever of them are run."""
    return request.config.stash[COLLECTED]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line and returns its exit code and what it wrote."""

    def run(*arguments: object) -> tuple[int, str, str]:
        from cecrules.cli import main  # noqa: PLC0415 - the library is loaded first by the test that asks for it

        code = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run
