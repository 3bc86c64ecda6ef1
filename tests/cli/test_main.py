"""The process: how it starts and ends, also with a closed pipe, and with any document."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apicontract.cli import run
from apicontract.cli.formats.json import _written
from apicontract.cli.main import MODULES
from tests.cli.conftest import HEEDING_CTRL_C, Run
from tests.support.patience import PATIENCE
from twelvelabs_contract import Contract
from twelvelabs_contract.cli import main
from twelvelabs_contract.product import PRODUCT

COMMAND = (sys.executable, "-m", "twelvelabs_contract")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and /dev are those of POSIX")


def test_the_module_is_the_command_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.run([*COMMAND, "--version"], capture_output=True, text=True, check=True)
    monkeypatch.setattr("sys.argv", ["twelvelabs-contract", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == done.stdout
    assert done.stdout.startswith("twelvelabs-contract ")


def test_what_of_another_document_is_not_checked_is_said_and_nothing_of_the_bundled_one(cli: Run) -> None:
    content = {"application/xml": {"schema": {"type": "object"}}}
    operation = {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}
    raw = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": operation}}}
    Path("d.json").write_text(json.dumps(raw), encoding="utf-8")
    (notice,) = Contract.load("d.json").notices
    assert cli("operations", "--spec", "d.json").err == f"d.json: {notice}\n"
    assert cli("operations").err == ""


def test_no_json_holds_a_command_to_a_ci_job() -> None:
    written = _written({"a": "##[error]##[", "##[b": 1})
    assert "##[" not in written
    assert json.loads(written) == {"a": "##[error]##[", "##[b": 1}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], *([name, "--help"] for name in ("validate", "check", "show"))]
)
def test_help_ends_with_0(cli: Run, arguments: list[str]) -> None:
    done = cli(*arguments)
    assert done.status == 0
    assert "Usage: twelvelabs-contract" in done.out


@pytest.mark.parametrize("arguments", [[], ["no-such"], ["show"], ["operations", "extra"], ["--no-such"], ["export"]])
def test_bad_usage_ends_with_2(cli: Run, arguments: list[str]) -> None:
    assert cli(*arguments).status == 2


def test_nothing_is_loaded_that_is_not_needed() -> None:
    """By the package neither typer nor rich, and by a command nothing of another."""
    program = (
        "import sys, twelvelabs_contract as t; t.Contract.load()\n"
        "print(*{'typer', 'rich', 'click'} & set(sys.modules))\n"
        "from twelvelabs_contract.cli import main; sys.argv = ['x', 'check', '--help']; main()\n"
        "print(*{f'apicontract.{name}' for name in ('changes', 'coverage', 'server', 'values')} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert (done[0], done[-2:]) == ("\n", "\n\n")


def test_each_command_is_in_the_module_that_is_said_to_have_it() -> None:
    for module, names in MODULES.items():
        found = import_module(f"apicontract.cli.commands.{module}").commands.registered_commands
        assert tuple(command.name or command.callback.__name__ for command in found) == names


def test_a_fault_of_ours_is_not_hidden_and_is_no_violation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what a document of somebody else brings about is put into one line; the status 1 would be violations."""

    def broken(*_: object) -> None:
        raise TypeError("ours")

    monkeypatch.setattr("apicontract.cli.show.operations", broken)
    assert run(PRODUCT, ["operations"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("Traceback")
    assert lines[-1] == "error: a bug in this program, please report it with the lines above: TypeError: ours"


@POSIX
@pytest.mark.parametrize(
    ("shell", "status"),
    [
        ("$RUN operations | true", 0),
        ("$RUN show search.create | head -c 1 >/dev/null", 0),
        ("$RUN validate p.ndjson --schema PageInfo --format json | head -c 1 >/dev/null", 2),
        ("$RUN operations >&-", 2),
        ("$RUN show gist >/dev/full", 2),
        ("$RUN validate - --schema PageInfo <&- 2>&-", 2),
        ("$RUN validate <(cat p.ndjson) --lines --schema PageInfo", 1),
        ("PYTHONIOENCODING=ascii $RUN validate u.json --schema PageInfo", 1),
    ],
)
def test_the_ends_of_the_process_never_show_a_traceback(tmp_path: Path, shell: str, status: int) -> None:
    (tmp_path / "p.ndjson").write_bytes(b'{"page": "x"}\n' * 20_000)
    (tmp_path / "u.json").write_text('{"page": "漢"}', encoding="utf-8")
    done = subprocess.run(
        ["bash", "-c", f"{shell.replace('$RUN', shlex.join(COMMAND))}; exit ${{PIPESTATUS[0]}}"],  # noqa: S607 - the shell that the path has
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    if "|" in shell:
        assert done.stderr == b""
    assert (done.returncode, b"Traceback" in done.stderr, b"Exception ignored" in done.stderr) == (status, False, False)


@POSIX
def test_ctrl_c_ends_with_what_was_found_so_far() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HEEDING_CTRL_C, "validate", "-", "--lines", "--schema", "PageInfo"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        # More than a pipe holds: once all of it is written, the process has begun to read, and it waits for more.
        process.stdin.write(b'{"page": 1}\n{"page": "x"}\n' + b'{"page": 1}\n' * 20_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, err = process.stdout.read(), process.stderr.read()
        process.stdin.close()
        assert process.wait(PATIENCE) == 2
    assert b"Traceback" not in err
    assert b"<stdin>:2  body.page" in out
    assert out.splitlines()[-1].startswith(b"interrupted: ")


def test_an_interruption_before_any_result_is_reported(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("apicontract.cli.commands.listing.load", stop)
    done = cli("operations")
    assert (done.status, done.err) == (2, "error: interrupted\n")


def test_an_interruption_while_a_command_is_loaded_is_reported(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("apicontract.cli.main._command", stop)
    done = cli("operations")
    assert (done.status, done.out, done.err) == (2, "", "error: interrupted\n")


@POSIX
@pytest.mark.parametrize("handler", ["default_int_handler", "SIG_IGN"])
def test_ctrl_c_while_the_program_is_loaded_ends_it_without_a_traceback(handler: str) -> None:
    """Unless it is ignored."""
    program = f"""if True:
        import signal, sys

        class Loading:
            def find_spec(self, name, *_):
                if name == "apicontract.cli":
                    signal.raise_signal(signal.SIGINT)

        signal.signal(signal.SIGINT, signal.{handler})
        sys.meta_path.insert(0, Loading())
        sys.argv = ["x", "--version"]
        from twelvelabs_contract.cli import main
        raise SystemExit(main())
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == (0 if handler == "SIG_IGN" else -signal.SIGINT)


@pytest.fixture(scope="module")
def document() -> Any:
    """Return a small document that uses most of what the commands look at."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://{h}.example.com/v1", "variables": {"h": {"default": "a", "enum": ["a", "b"]}}}],
        "security": [{"Key": []}],
        "paths": {
            "/a/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "post": {
                    "operationId": "a",
                    "summary": "A.",
                    "parameters": [{"name": "q", "in": "query", "schema": {"enum": [1, 2]}, "example": 1}],
                    "x-pagination": {"style": "page", "parameter": "q", "items": "/x", "total_pages": "/n"},
                    "x-streaming": {"flag": "s", "first": "b", "last": "e"},
                    "requestBody": {
                        "content": {
                            "multipart/form-data": {
                                "schema": {"$ref": "#/components/schemas/A"},
                                "examples": {"one": {"value": {"f": "x", "l": [1]}}},
                            }
                        }
                    },
                    "responses": {
                        "200": {
                            "description": "Fine.",
                            "headers": {"X": {"schema": {"type": "string"}}},
                            "content": {"application/x-ndjson": {"schema": {"$ref": "#/components/schemas/E"}}},
                        }
                    },
                },
            }
        },
        "components": {
            "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "k"}},
            "schemas": {
                "A": {
                    "type": "object",
                    "required": ["f"],
                    "dependentRequired": {"f": ["l"]},
                    "if": {"required": ["l"]},
                    "then": {"properties": {"l": {"minItems": 1}}},
                    "anyOf": [{"required": ["f"]}, {"required": ["l"]}],
                    "properties": {
                        "f": {"type": "string", "format": "binary"},
                        "l": {"type": "array", "items": {"type": "integer", "minimum": 1}},
                    },
                },
                "E": {
                    "oneOf": [{"$ref": "#/components/schemas/A"}],
                    "discriminator": {"propertyName": "t", "mapping": {"b": "#/components/schemas/A"}},
                },
            },
        },
    }


COMMANDS = (
    ["operations"],
    ["show", "a"],
    ["export", "{new}"],
    ["validate", "-", "--operation", "a"],
    ["validate", "-", "--schema", "A"],
)


def _places(node: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [above, *(place for key, value in inner for place in _places(value, (*above, key)))]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_document_with_anything_wrong_is_reported_or_used(cli: Run, document: Any, data: st.DataObject) -> None:
    """One value of a good document is replaced by any other; a command says 0, 1 or 2, and does not fail."""
    given_document = json.loads(json.dumps(document))
    place = data.draw(st.sampled_from(_places(document)[1:]))
    junk: st.SearchStrategy[Any] = st.sampled_from(
        [None, True, 0, -1.5, "", "x", "#/", [], [[]], [None], {}, {"": {}}, {"$ref": "#/paths"}, {"a": 1}]
    )
    node = given_document
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = data.draw(junk)
    Path("d.json").write_text(json.dumps(given_document), encoding="utf-8")
    arguments = [word.format(new=tempfile.mkdtemp(dir=".")) for word in data.draw(st.sampled_from(COMMANDS))]
    done = cli(*arguments, "--spec", "d.json", stdin=b'{"f": 1, "l": [0]}')
    assert done.status in (0, 1, 2)
    # What is only ignored in the document is said before.
    assert done.status != 2 or any(line.startswith(("error: ", "Usage: ")) for line in done.err.splitlines())
