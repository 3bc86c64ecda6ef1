"""The command line writes the packages, reports what it wrote, and changes nothing else."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from codegen import __main__, layout, manifest
from codegen.__main__ import DIFFERENT, DONE, WRONG, Wanted, generate, run
from codegen.emit import MARK
from codegen.output_guard import Forbidden
from tests.codegen.conftest import BOOKSHOP, Package, snapshot
from tests.support.copies import copied

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec"


def codegen(
    out: Path, *more: str, spec: Path = BOOKSHOP / "spec", package: str = "bookshop_api"
) -> tuple[int, str, str]:
    """Run the command line and return the exit status and what it said."""
    stdout, stderr = StringIO(), StringIO()
    status = run(["--spec", str(spec), "--out", str(out), "--package", package, *more], stdout, stderr)
    return status, stdout.getvalue(), stderr.getvalue()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run once."""
    out = tmp_path_factory.mktemp("written")
    assert codegen(out) == (DONE, "wrote 10 files\n", "")
    return out


@pytest.fixture
def out(written: Path, tmp_path: Path) -> Path:
    """Copy what a run has written, times and all."""
    shutil.copytree(written, tmp_path / "out")
    return tmp_path / "out"


def test_a_run_writes_the_package_and_its_manifest(written: Path, bookshop: Package) -> None:
    assert sorted(path.name for path in written.iterdir()) == ["bookshop_api", "bookshop_api.manifest.json"]
    held = {path: content for path, (content, *_) in snapshot(written / "bookshop_api").items()}
    assert held == bookshop.files


def test_a_second_run_changes_nothing(out: Path) -> None:
    before = snapshot(out)
    assert codegen(out) == (DONE, "up to date\n", "")
    assert snapshot(out) == before


def test_a_second_run_changes_nothing_without_the_manifest_either(out: Path) -> None:
    before = snapshot(out)
    manifest.location(out, "bookshop_api").unlink()
    assert codegen(out) == (DONE, "up to date\n", "")
    after = snapshot(out)
    printed = "bookshop_api.manifest.json"
    assert after.pop(printed)[0] == before.pop(printed)[0]
    assert after == before


def test_a_run_with_nothing_to_do_loads_nothing_slow(written: Path) -> None:
    program = (
        "import sys; from codegen.__main__ import run\n"
        f"status = run(['--spec', {str(BOOKSHOP / 'spec')!r}, '--out', {str(written)!r}, '--package', 'bookshop_api'],"
        " sys.stdout, sys.stderr)\n"
        "slow = {'datamodel_code_generator', 'jsonschema_rs', 'pydantic', 'yaml', 'httpx'}\n"
        "print(status, sorted(slow & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("up to date\n0 []\n", "")


def test_check_reports_every_difference_and_writes_nothing(out: Path) -> None:
    package = out / "bookshop_api"
    (package / "models.py").write_bytes(b"edited")
    (package / "chats.py").unlink()
    (package / "books" / "stale.py").write_bytes(MARK.encode())
    before = snapshot(out)
    status, printed, problems = codegen(out, "--check")
    assert (status, problems) == (DIFFERENT, "")
    assert printed.splitlines() == [
        "stale: bookshop_api/books/stale.py",
        "missing: bookshop_api/chats.py",
        "differs: bookshop_api/models.py",
    ]
    assert snapshot(out) == before
    assert codegen(out) == (DONE, "wrote 2 files, removed 1\n", "")
    assert codegen(out, "--check") == (DONE, "up to date\n", "")


def test_check_of_a_package_that_is_not_there_makes_no_directory(tmp_path: Path) -> None:
    status, printed, _ = codegen(tmp_path / "new", "--check")
    assert status == DIFFERENT
    assert {line.split(":")[0] for line in printed.splitlines()} == {"missing"}
    assert not (tmp_path / "new").exists()


def test_check_does_not_need_the_manifest(out: Path) -> None:
    manifest.location(out, "bookshop_api").unlink()
    before = snapshot(out)
    assert codegen(out, "--check") == (DONE, "up to date\n", "")
    assert snapshot(out) == before


@pytest.mark.parametrize(
    ("seed", "zone", "locale"), [("0", "Pacific/Kiritimati", "C"), ("1", "America/St_Johns", "tr_TR.UTF-8")]
)
def test_law_the_bytes_depend_on_the_document_alone(
    seed: str, zone: str, locale: str, bookshop: Package, tmp_path: Path
) -> None:
    """Not on the hash seed, the time zone, the locale or the working directory."""
    copied(BOOKSHOP / "spec", tmp_path / "spec")
    command = [sys.executable, "-m", "codegen", "--package", "bookshop_api"]
    paths = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=paths | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
    )
    assert (done.returncode, done.stdout, done.stderr) == (DONE, "wrote 10 files\n", "")
    held = {path: content for path, (content, *_) in snapshot(tmp_path / "generated" / "bookshop_api").items()}
    assert held == bookshop.files


def test_all_problems_are_reported_and_nothing_is_written(out: Path, tmp_path: Path) -> None:
    """Those of the rules and those of the resolver together, sorted by place."""
    text = (BOOKSHOP / "spec" / "openapi.yaml").read_text()
    text = text.replace("summary: Ask for advice", "summary: Ask for advice.").replace("name: sortBy", "name: maxPrice")
    text = text.replace("- name: max-price", "- name: max_price").replace("title: Bookshop", "titel: Bookshop")
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "openapi.yaml").write_text(text)
    before = snapshot(out)
    status, printed, problems = codegen(out, "--strict", spec=tmp_path / "spec")
    assert (status, printed) == (WRONG, "")
    *lines, count = problems.splitlines()
    numbers = [int(line.split(":")[1]) for line in lines]
    assert numbers == sorted(numbers)
    assert count == f"{len(lines)} problems; nothing was written"
    assert any("full stop" in line for line in lines)
    assert any("would both be the argument 'max_price'" in line for line in lines)
    assert any("titel" in line for line in lines)
    assert snapshot(out) == before
    assert codegen(out, "--strict", "--check", spec=tmp_path / "spec")[0] == WRONG


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_of_a_file_that_cannot_be_read_only_that_is_reported(strict: tuple[str, ...], tmp_path: Path) -> None:
    """And what does not follow from it, such as a wrong reference elsewhere."""
    spec = tmp_path / "spec"
    shutil.copytree(SPEC, spec)
    for file, old, new in (
        ("schemas/tasks.yaml", "'common.yaml#/UserMetadata'", "'common.yaml#/UserMetadata"),
        ("paths/search.yaml", "search.yaml#/SearchResults'", "search.yaml#/SearchResult'"),
    ):
        text = (spec / file).read_text(encoding="utf-8")
        (spec / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    status, _, problems = codegen(tmp_path / "out", *strict, spec=spec)
    assert status == WRONG
    assert problems.splitlines() == [
        "spec/paths/search.yaml:47: #/~1search/post/responses/200/content/application~1json/schema/$ref: the $ref "
        "'../schemas/search.yaml#/SearchResult' leads nowhere: spec/schemas/search.yaml has no 'SearchResult'; did you "
        "mean 'SearchResults'?",
        "spec/schemas/tasks.yaml:83: #/TasksCreateRequest/properties/user_metadata/contentSchema: this is not valid "
        "YAML: while parsing a flow mapping, did not find expected ',' or '}'; correct the syntax",
        "2 problems; nothing was written",
    ]


def test_a_missing_document_is_a_problem(tmp_path: Path) -> None:
    status, printed, problems = codegen(tmp_path / "out", spec=tmp_path / "nowhere")
    assert (status, printed) == (WRONG, "")
    assert "nowhere" in problems


@pytest.mark.parametrize("package", ["", "a-b", "class", "typing", "../up", "a.b"])
def test_a_bad_package_name_is_refused(package: str, tmp_path: Path) -> None:
    status, printed, problems = codegen(tmp_path / "out", package=package)
    assert (status, printed) == (WRONG, "")
    assert "cannot be the name of a package" in problems
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_written_is_said(out: Path, tmp_path: Path) -> None:
    """The output is a file, or below a file, or somebody's own package."""
    file = tmp_path / "file"
    file.touch()
    mine = tmp_path / "mine"
    (mine / "bookshop_api").mkdir(parents=True)
    (mine / "bookshop_api" / "__init__.py").write_text("mine = True\n")
    for place, said in ((file, "is not a directory"), (file / "below", "Not a directory"), (mine, "was not generated")):
        status, printed, problems = codegen(place)
        assert (status, printed) == (WRONG, "")
        assert said in problems
        assert "Traceback" not in problems
    assert (mine / "bookshop_api" / "__init__.py").read_text() == "mine = True\n"


def test_a_full_disk_leaves_the_old_package(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (out / "bookshop_api" / "models.py").write_bytes(b"edited")
    before = snapshot(out)
    monkeypatch.setattr(os, "replace", fail)
    status, printed, problems = codegen(out)
    assert (status, printed) == (WRONG, "")
    assert problems == "[Errno 28] No space left on device; nothing was written\n"
    monkeypatch.undo()
    assert snapshot(out) == before


def test_what_the_guard_forbids_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = layout.lay_out

    def smuggle(files: dict[str, bytes]) -> dict[str, bytes]:
        return real(files) | {"chats.py": b"import os\n"}

    monkeypatch.setattr(layout, "lay_out", smuggle)
    status, printed, problems = codegen(tmp_path / "out")
    assert (status, printed) == (WRONG, "")
    forbidden = Forbidden("chats.py", 1, "the statement: 'import os'")
    assert problems == f"{forbidden}\nthe generated code was rejected; nothing was written\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.deep  # tests/laws/test_added.py generates a longer document as well
def test_the_document_decides_every_byte_but_the_header(tmp_path: Path) -> None:
    """A new operation in the real document is a new method in both clients, and nothing else changes."""
    spec = copied(SPEC, tmp_path / "spec")
    (spec / "paths" / "stats.yaml").write_text(STATS_PATH)
    (spec / "schemas" / "stats.yaml").write_text(STATS_SCHEMA)
    root = (spec / "openapi.yaml").read_text()
    added = "  /indexes/{index_id}/stats: {$ref: 'paths/stats.yaml#/~1indexes~1{index_id}~1stats'}\n"
    (spec / "openapi.yaml").write_text(root.replace("\npaths:\n", f"\npaths:\n{added}", 1))
    name = "twelvelabs_api_2025_08"
    after = without_header(generate(spec, Wanted("2025-08", name))[name])
    before = without_header({path: (ROOT / "generated" / name / path).read_bytes() for path in after})
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"indexes/__init__.py", "models.py", "openapi.json"}
    classes = [node for node in ast.parse(after["indexes/__init__.py"]).body if isinstance(node, ast.ClassDef)]
    assert [node.name for node in classes] == ["Indexes", "AsyncIndexes"]
    for node in classes:
        (method,) = (held for held in node.body if getattr(held, "name", "") == "stats")
        assert isinstance(method, ast.AsyncFunctionDef if node.name.startswith("Async") else ast.FunctionDef)
        assert ast.unparse(method.args) == (
            "self, *, index_id: str, unit: Literal['second', 'hour'] | None=None, "
            "request_options: RequestOptions | None=None"
        )
        assert ast.unparse(method.returns or method) == "_api.models.IndexStats"
        assert "- `unit`: Unit of durations. Default `second`." in (ast.get_docstring(method) or "")
    assert "class IndexStats(OpenModel):" in after["models.py"]


def without_header(files: dict[str, bytes]) -> dict[str, str]:
    """Return the text of files, but for the digest of the bundle, which any change changes."""
    return {path: re.sub(r"# Bundle: sha256 \w+", "", content.decode()) for path, content in files.items()}


def test_the_committed_package_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest is not asked: what stands in generated/ is what spec/ gives."""
    monkeypatch.setattr(manifest, "holds", lambda *_: False)
    monkeypatch.chdir(ROOT)
    stdout = StringIO()
    status = __main__.run(["--check"], stdout, StringIO())
    assert (status, stdout.getvalue()) == (DONE, "up to date\n")


STATS_PATH = """
/indexes/{index_id}/stats:
  get:
    operationId: indexes.stats
    tags: [indexes]
    summary: Count what an index holds
    description: Returns totals over the videos of an index.
    parameters:
      - $ref: '../common/parameters.yaml#/IndexId'
      - name: unit
        in: query
        description: Unit of durations.
        schema: {type: string, enum: [second, hour], default: second}
        example: hour
    responses:
      '200':
        description: The totals.
        headers:
          X-Api-Version: {$ref: '../common/headers.yaml#/ApiVersion'}
        content:
          application/json:
            schema: {$ref: '../schemas/stats.yaml#/IndexStats'}
            examples:
              some: {summary: Three videos, value: {videos: 3}}
      '400': {$ref: '../common/responses.yaml#/BadRequest'}
      '401': {$ref: '../common/responses.yaml#/Unauthorized'}
      default: {$ref: '../common/responses.yaml#/UnexpectedError'}
"""
STATS_SCHEMA = """
IndexStats:
  type: object
  description: Totals over the videos of an index.
  properties:
    videos: {type: integer, description: Number of videos.}
"""
