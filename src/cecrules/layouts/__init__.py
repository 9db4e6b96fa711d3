"""Describes tables as people keep them, so that they are read exactly as the description says (`Layout`)."""
