"""The rules, one pure module each.

The law of this folder is that a rule takes a rulebook and values, and returns values. It has no default rulebook,
changes no argument, opens no file, reads no clock, and keeps no state. No rule imports another; only `evaluation`
orders them.
"""
