"""How the documentation is built; what follows from the code and the rulebooks is written from them (`pages`)."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import pages
import references

import cecrules as cec

project = "cecrules"
version = release = cec.__version__
copyright = "the cecrules authors"  # noqa: A001 - Sphinx names it so
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.intersphinx", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "cecrules"
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_heading_anchors = 3

# A name in backticks is code, a link has a role, and every link has to lead somewhere.
default_role = "code"
nitpicky = True
# Type variables have no page.
nitpick_ignore = [("py:class", "cecrules.interchange.T"), ("py:class", "narwhals._native.IntoFrameT")]

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
napoleon_attr_annotations = False  # `references` puts the types on the lines of the names
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
intersphinx_mapping = references.inventories(Path(__file__).parent)


def setup(app: Any) -> None:
    app.connect("builder-inited", pages.write)
    references.setup(app)
