"""How the documentation is built; what follows from the code and the rulebooks is written from them (`pages`)."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import counting_picture
import pages
import references
import small_screens

import cecrules as cec

project = "cecrules"
version = release = cec.__version__
copyright = "the cecrules authors"  # noqa: A001 - Sphinx names it so
extensions = [
    "myst_nb",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
]
html_theme = "furo"
html_title = "cecrules"
# A copied example leaves its prompts and its answers behind.
copybutton_exclude = ".linenos, .gp, .go"
copybutton_selector = "div.highlight-python pre"
html_static_path = ["_static"]
html_css_files = ["site.css"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
nb_execution_mode = "off"  # the outputs stored in the notebooks are shown; tests hold them to the code
exclude_patterns = ["_build", "browser", "extra", "generated", "jupyter_execute"]
# The page that runs in the browser; `browser/gather.py` puts its runtime beside it.
html_extra_path = ["extra"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
myst_heading_anchors = 3

# A name in backticks is code, a link has a role, and every link has to lead somewhere.
default_role = "code"
nitpicky = True
# Type variables have no page, and Hypothesis gives its class none.
nitpick_ignore = [
    ("py:class", "cecrules.interchange.T"),
    ("py:class", "hypothesis.strategies._internal.core.DataObject"),
    ("py:class", "narwhals._native.IntoFrameT"),
]

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
napoleon_attr_annotations = False  # `references` puts the types on the lines of the names
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
intersphinx_mapping = references.inventories(Path(__file__).parent)


def setup(app: Any) -> None:
    app.connect("builder-inited", pages.write_all)
    counting_picture.write_picture(Path(__file__).parent / "generated" / "counting.svg")
    references.setup(app)
    small_screens.setup(app)
