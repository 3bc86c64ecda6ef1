"""How the manual is built: `make docs` writes it to build/docs, and a warning is an error.

The pages are Markdown, and links between files work in the repository as well as on the site: the source directory is
the root of the repository, of which the manual takes the pages below docs/ and the few files that they link to.
"""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "twelvelabs-contract"
author = "the twelvelabs-contract authors"
project_copyright = "the twelvelabs-contract authors"
version = release = installed_version(project)

extensions = ["myst_parser", "sphinx.ext.autodoc", "markdown_docstrings", "command_line", "client_methods"]
include_patterns = [
    "docs/**.md",
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "benchmarks/*.md",
    "examples/README.md",
    "spec/README.md",
    "spec/DEVIATIONS.md",
    "tests/corpus/RESULTS.md",
]
exclude_patterns = [".venv", ".git", "build", "dist"]
root_doc = "docs/index"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

default_role = "code"  # docstrings write code in single backticks
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True
maximum_signature_line_length = 100

html_theme = "furo"
html_title = "twelvelabs-contract"
html_show_sphinx = False
html_copy_source = False
pygments_style = "friendly"
highlight_language = "none"

templates_path = ["_templates"]
html_additional_pages = {"index": "begin.html"}  # the pages are below docs/, as in the repository
