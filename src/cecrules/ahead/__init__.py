"""Answers ahead of a deadline, each a value of its own. An assessment stays as it is."""
