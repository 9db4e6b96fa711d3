"""The rules as data, with their clauses and provisions, index, amendments and published editions."""
