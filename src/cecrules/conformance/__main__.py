"""Prints the path of the conformance kit, for programs in other languages."""

import sys

from . import folder

sys.stdout.write(f"{folder()}\n")
