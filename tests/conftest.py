"""How the tests are run: without a clock, and without the programs that are run by hand."""

import pytest
from hypothesis import HealthCheck, Phase, settings

# Whether a machine is slow decides nothing. What in a counter-example matters is not looked for: that takes longest.
PHASES = [phase for phase in Phase if phase is not Phase.explain]
settings.register_profile("no clock", deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

collect_ignore = ["engines.py", "fuzz.py", "proof/mutated_code.py", "proof/mutated_rulebooks.py", "typing/usage.py"]

COLLECTED = pytest.StashKey[list[pytest.Item]]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps the tests that were found, before those of other tiers are left out."""
    config.stash[COLLECTED] = list(items)


@pytest.fixture
def collected(request: pytest.FixtureRequest) -> list[pytest.Item]:
    """The tests that were found, whichever of them are run."""
    return request.config.stash[COLLECTED]
