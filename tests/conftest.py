"""How the tests are run: without a clock, and without the programs that are run by hand."""

from hypothesis import HealthCheck, settings

# Whether a machine is slow decides nothing.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

collect_ignore = ["engines.py", "fuzz.py", "proof/mutated_code.py", "proof/mutated_rulebooks.py", "typing/usage.py"]
