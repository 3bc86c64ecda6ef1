"""What does it cost to generate code: cold, and with nothing to do?"""

from __future__ import annotations

import ast
import atexit
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import inputs
from benchmarks.model import Answer, Effort, Question, Side, Work
from benchmarks.targets import TARGETS

BIN = Path(sys.executable).parent
MAPS = {"Metadata", "UserMetadata", "UserMetadataPatch"}
"""Objects with no keys of their own, which are types of mappings in our models."""


def kept(directory: TemporaryDirectory[str], work: Work) -> Work:
    """Tie a directory to the work done in it: it is removed when the process ends."""
    atexit.register(directory.cleanup)
    return work


def shell(*commands: str) -> tuple[str, ...]:
    """Run commands one after the other, each only after the success of the one before."""
    return ("sh", "-c", " && ".join(commands))


def _classes(*files: Path) -> set[str]:
    return {
        node.name for file in files for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ClassDef)
    }


def _every_object(classes: set[str]) -> bool:
    schemas = inputs.document()["components"]["schemas"]
    wanted = {name for name, schema in schemas.items() if schema.get("type") == "object"} - MAPS
    return wanted <= classes


def _done(command: tuple[str, ...]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _ours(_: int) -> Work:
    directory = TemporaryDirectory(prefix="bench-")
    spec, out = Path(directory.name) / "spec", Path(directory.name) / "out"
    spec.mkdir()
    (spec / "openapi.yaml").write_bytes(inputs.document_path().read_bytes())  # JSON is YAML
    code = f"exec '{sys.executable}' -m codegen --spec '{spec}' --out '{out}' --package twelvelabs_api"
    command = shell(f"rm -rf '{out}'", code)

    def answer() -> Answer:
        _done(command)
        package = out / "twelvelabs_api"
        return {"every object has a class": _every_object(_classes(package / "models.py"))}

    return kept(directory, Work(command, answer))


def _datamodel_code_generator(_: int) -> Work:
    directory = TemporaryDirectory(prefix="bench-")
    out = Path(directory.name) / "models.py"
    command = (
        *(str(BIN / "datamodel-codegen"), "--input", str(inputs.document_path()), "--input-file-type", "openapi"),
        *("--output", str(out), "--output-model-type", "pydantic_v2.BaseModel", "--disable-timestamp"),
        *("--formatters", "ruff-format"),
    )

    def answer() -> Answer:
        _done(command)
        return {"every object has a class": _every_object(_classes(out))}

    return kept(directory, Work(command, answer))


def _openapi_python_client(_: int) -> Work:
    directory = TemporaryDirectory(prefix="bench-")
    out = Path(directory.name) / "client"
    command = (
        *(str(BIN / "openapi-python-client"), "generate", "--path", str(inputs.document_path())),
        *("--output-path", str(out), "--meta", "none", "--overwrite"),
    )

    def answer() -> Answer:
        _done(command)
        modules = [file for file in out.glob("api/*/*.py") if file.name != "__init__.py"]
        return {"operations": len(modules)}

    return kept(directory, Work(command, answer))


def _nothing_to_do(_: int) -> Work:
    directory = TemporaryDirectory(prefix="bench-")
    command = (sys.executable, "-m", "codegen", "--out", directory.name)
    _done(command)

    def answer() -> Answer:
        reported = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return {"reported": reported.strip()}

    return kept(directory, Work(command, answer))


def _python_alone(_: int) -> Work:
    return Work((sys.executable, "-c", ""), dict)


QUESTIONS = (
    Question(
        "codegen",
        "Generate code, cold",
        (
            Side("ours", _ours, slow=True),
            Side("datamodel-code-generator", _datamodel_code_generator, slow=True),
            Side("openapi-python-client", _openapi_python_client, slow=True),
        ),
        targets=TARGETS["codegen"],
        expected={"every object has a class": True, "operations": 28},
        effort=Effort(processes=5),
        note="Each as its command line, of the document of 28 operations. Ours checks it, and writes models and both "
        "clients; datamodel-code-generator writes models only; openapi-python-client writes models and functions. "
        "datamodel-code-generator formats with ruff, as ours does; that is its fastest way. openapi-python-client "
        "finds ruff, and so formats, as it does in an environment that is activated.",
    ),
    Question(
        "codegen-nothing",
        "Generate code, with nothing to do",
        (Side("ours", _nothing_to_do), Side("python alone", _python_alone)),
        targets=TARGETS["codegen-nothing"],
        expected={"reported": "up to date"},
        effort=Effort(processes=3, values=3, min_time=0.01),
        note="The peers always generate anew.",
        small=(),  # a cold run comes first, which `codegen` has
    ),
)
