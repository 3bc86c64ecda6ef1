"""The output formats of `validate` and `check`.

Add a format: write a class like those beside this one (`protocol` says what it must do), and enter it into `FORMATS`.
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
"""What `--format` can be; the first is the default."""
