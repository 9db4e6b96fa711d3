"""Rulebook: the rules as data; its clauses and provisions, its index, its amendments and the published editions."""
