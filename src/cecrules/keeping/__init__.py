"""Makes and checks the values that are kept beside an answer."""
