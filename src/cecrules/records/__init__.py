"""Values that are kept beside an answer, which are receipts of it and certificates that prove it."""
