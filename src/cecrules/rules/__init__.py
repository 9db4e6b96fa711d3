"""The rules, one pure module each.

The law of this folder: a rule takes a rulebook and values, and returns values. It has no default rulebook, changes
nothing it is handed, opens no file, reads no clock, and keeps no state. No rule imports another; `evaluation` alone
orders them.
"""
