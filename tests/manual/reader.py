"""Run all blocks of a page in order, in a temporary folder, as a reader would."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from apicontract.cli import run
from apicontract.client import SyncClient
from tests.manual.pages import ROOT, Block, matches
from tests.support.copies import copied
from tests.support.patience import PATIENCE
from twelvelabs_contract.mock import TwelveLabsMock
from twelvelabs_contract.product import PRODUCT

COMMAND = PRODUCT.name
SERVERS = ("serve", "proxy")
SLOW = ("diff", "drift", "upgrade")
"""Commands that load many editions."""
NOT_HERE = ("git", "make", "pip", ".venv/bin/python")
"""Programs that only the jobs of continuous integration run, unless a block is for the repository."""
REPOSITORY = ("Makefile", "codegen", "constraints.txt", "generated", "pyproject.toml", "spec", "src", "tests/laws")


class Reader:
    """Follows the blocks of a page; commands that take long are only looked up, unless `in_shell` asks for a shell."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, *, in_shell: bool) -> None:
        """Begin in an empty folder."""
        self.folder = self.cwd = folder
        self.in_shell = in_shell
        self.output: str | None = None
        """What the last block printed; `None` if it was not run."""
        self._names: dict[str, Any] = {"__name__": "__page__"}
        self._patch = monkeypatch
        self._mock: TwelveLabsMock | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._port = _free_port() if in_shell else 8000
        monkeypatch.chdir(folder)
        monkeypatch.setenv("TWELVE_LABS_API_KEY", "KEY")  # as a reader has set it

    def follow(self, block: Block) -> None:
        """Do what a block says; raises `AssertionError` where it is not so."""
        if block.language == "text":
            missing = "" if self.output is None else matches(block.text, self.output)
            assert not missing, f"not printed: {missing}\n--- what was printed:\n{self.output}"
            return
        if block.mark == "not run":
            self.output = None
        elif block.mark == "file":
            _write(self.cwd / block.value, self._at_port(block.text))
        elif block.mark.startswith("append"):
            self._append(block)
        elif block.language == "python":
            self._python(block)
        elif block.language == "sh":
            self._commands(block)
        else:
            raise AssertionError(
                f"a block of {block.language or 'no language'} needs a mark: see tests/manual/pages.py"
            )

    def close(self) -> None:
        """Stop the server that the page has started."""
        server, self._server = self._server, None
        if server is not None:
            server.terminate()
            try:
                server.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:  # nothing of it is left for the tests that follow
                server.kill()
                server.communicate()
                raise

    def _python(self, block: Block) -> None:
        """Run it with the names of the blocks before it; a mock with a memory answers the client of the page."""
        code = compile("\n" * (block.line - 1) + block.text, "page", "exec")
        printed = io.StringIO()
        with ExitStack() as stack:
            if "TwelveLabs(" in block.text:
                self._mock = TwelveLabsMock(state=True)
            if self._mock is not None and "TwelveLabsMock(" not in block.text:
                mock = stack.enter_context(self._mock)
                self._patch.setattr(SyncClient, "_sleep", staticmethod(mock.state.advance))  # nobody waits
            stack.enter_context(redirect_stdout(printed))
            exec(code, self._names)  # noqa: S102 - ours
        self.output = printed.getvalue()

    def _append(self, block: Block) -> None:
        repository = self._repository()
        path = repository / block.value
        text = path.read_text()
        if block.mark == "append":
            path.write_text(f"{text}\n{block.text}")
        else:
            key = block.mark.removeprefix("append below ")
            assert f"\n{key}:\n" in text
            path.write_text(text.replace(f"\n{key}:\n", f"\n{key}:\n{block.text}", 1))

    def _repository(self) -> Path:
        repository = self.folder / "repository"
        if not repository.exists():
            for name in REPOSITORY:
                if (ROOT / name).is_dir():
                    copied(ROOT / name, repository / name)
                else:
                    _write(repository / name, "")
                    shutil.copy2(ROOT / name, repository / name)
            (repository / ".venv").symlink_to(ROOT / ".venv")
        return repository

    def _commands(self, block: Block) -> None:
        if "cd examples/" in block.text:  # the top of a clone
            copied(ROOT / "examples", self.folder / "examples", ".*")
        lines = [line for line in re.sub(r"\\\n *", "", block.text).splitlines() if line.partition("#")[0].strip()]
        if self.in_shell:
            self._shell(block, lines)
            return
        status, done, printed = 0, True, io.BytesIO()
        for line in lines:
            words = shlex.split(line, comments=True)
            if words[0] == "cd":
                self.cwd = self.cwd / words[1]
                assert self.cwd.is_dir(), f"no folder {words[1]}"
                self._patch.chdir(self.cwd)
            elif words[0] == COMMAND and words[1] not in (*SERVERS, *SLOW) and not {"|", "||", ">", "&"} & set(words):
                status = max(status, _in_process(words[1:], printed))
            else:
                look_up(line)
                done = False
        self.output = printed.getvalue().decode() if done else None
        if done:
            assert status == int(block.value if block.mark == "exit" else 0), self.output

    def _shell(self, block: Block, lines: list[str]) -> None:
        """Run the lines in a new shell, with the server that they start beside it."""
        if block.mark == "in":
            repository = self._repository()
            for path in self.folder.glob("*.yaml"):
                shutil.copy(path, repository)
            self.cwd = repository
        elif any(shlex.split(line)[0] in NOT_HERE for line in lines):
            for line in lines:
                look_up(line)
            self.output = None
            return
        for line in [line for line in lines if _is_server(line)]:
            self._serve(shlex.split(self._at_port(line), comments=True))
        script = "\n".join(self._at_port(line) for line in lines if not _is_server(line))
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        environment["PYTEST_ADDOPTS"] = "-p no:cacheprovider"
        shell = ["bash", "-e", "-c", f"{script}\npwd > {shlex.quote(str(self.folder / '.cwd'))}"]
        run = subprocess.run(shell, cwd=self.cwd, env=environment, capture_output=True, text=True, check=False)
        self.output = run.stdout + run.stderr
        status = int(block.value if block.mark == "exit" else 0)
        assert run.returncode == status, f"{script}\nends with {run.returncode}\n{self.output}"
        if run.returncode == 0:
            self.cwd = Path((self.folder / ".cwd").read_text().strip())
        elif moved := re.search(r"^cd (\S+)$", script, re.MULTILINE):
            self.cwd = self.cwd / moved[1]

    def _serve(self, words: list[str]) -> None:
        self.close()
        command = [sys.executable, "-m", "twelvelabs_contract", *words[1:]]
        self._server = subprocess.Popen(command, cwd=self.cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert self._server.stderr
        first = self._server.stderr.readline().decode()
        assert f":{self._port}" in first, first

    def _at_port(self, text: str) -> str:
        """Name a free port where the page names port 8000."""
        return re.sub(r"(--port |127\.0\.0\.1:)8000", rf"\g<1>{self._port}", text)


def look_up(line: str) -> None:
    """Find every program, target, extra and option of a line, without running it."""
    for part in re.split(r"\|\|?|&&|;", line):
        words = shlex.split(part, comments=True)
        if not words:
            continue
        program, arguments = words[0], words[1:]
        if program == COMMAND:
            _look_up_options(_help_of(arguments[0]), arguments)
        elif program == "pytest":
            _look_up_options(_pytest_help(), [word for word in arguments if word.startswith("--contract")])
        elif program == "make":
            targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
            assert [word for word in arguments if "=" not in word and word not in targets] == [], line
        elif program == "pip":
            known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
            assert [name for name in re.findall(r"\[(\w+)\]", part) if name not in known] == [], line
        else:
            known = {"cd", "cp", "curl", "echo", "export", "git", "node", "true", ".venv/bin/python", "python"}
            assert program in known, f"{program}: not known to the tests of the manual"


def _look_up_options(text: str, arguments: list[str]) -> None:
    options = [word.partition("=")[0] for word in arguments if word.startswith("--")]
    assert [option for option in options if not re.search(rf"{option}\b", text)] == []


def _help_of(command: str) -> str:
    printed = io.BytesIO()
    assert _in_process([command, "--help"], printed) == 0, f"no command {command}"
    return printed.getvalue().decode()


def _pytest_help() -> str:
    return (ROOT / "src" / "apicontract" / "pytest_plugin" / "__init__.py").read_text()


def _in_process(arguments: list[str], printed: io.BytesIO) -> int:
    text = io.TextIOWrapper(printed, encoding="utf-8", write_through=True)
    try:
        with redirect_stdout(text), redirect_stderr(text):
            return run(PRODUCT, arguments)
    finally:
        text.detach()


def _is_server(line: str) -> bool:
    return shlex.split(line, comments=True)[:2] in ([COMMAND, name] for name in SERVERS)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def reading(folder: Path, monkeypatch: pytest.MonkeyPatch, *, in_shell: bool) -> Iterator[Reader]:
    """Read a page, and stop what it has started."""
    reader = Reader(folder, monkeypatch, in_shell=in_shell)
    try:
        yield reader
    finally:
        reader.close()
