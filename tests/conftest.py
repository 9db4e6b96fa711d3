"""What pytest leaves alone: programs that are run by hand."""

collect_ignore = ["fuzz.py", "proof/mutated_code.py", "proof/mutated_rulebooks.py", "typing/usage.py"]
