"""The output formats of `validate`, `check`, `serve` and `proxy`.

To add a format, write a class like those beside this one (see `protocol`), and register it in `FORMATS`.
"""

from apicontract.cli.formats.github import GitHub
from apicontract.cli.formats.json import Json
from apicontract.cli.formats.junit import JUnit
from apicontract.cli.formats.markdown import Markdown
from apicontract.cli.formats.protocol import Format, Output, Report
from apicontract.cli.formats.sarif import Sarif
from apicontract.cli.formats.text import Text

__all__ = ["FORMATS", "Format", "Output", "Report"]

FORMATS: dict[str, Format] = {
    "text": Text,
    "json": Json,
    "junit": JUnit,
    "sarif": Sarif,
    "github": GitHub,
    "markdown": Markdown,
}
"""The values of `--format`; the first is the default."""
