"""A package is replaced as a whole or not at all, and unchanged files are not touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from codegen import manifest, staging
from codegen.emit import MARK
from codegen.write import NotOurs, differences, write
from tests.codegen.conftest import snapshot

CODE = MARK.encode()
OLD = {"__init__.py": CODE, "a.py": CODE + b"1", "b/__init__.py": CODE + b"2", "py.typed": b""}
NEW = {"__init__.py": CODE, "a.py": CODE + b"changed", "c.py": CODE + b"3", "py.typed": b""}
FIRST, SECOND = manifest.text("1", {"shop": OLD}), manifest.text("2", {"shop": NEW})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Write the old package."""
    write(tmp_path, {"shop": OLD}, manifest.location(tmp_path, "shop"), FIRST)
    return tmp_path


def test_what_is_written_is_what_was_meant(out: Path) -> None:
    write(out, {"shop": NEW}, manifest.location(out, "shop"), SECOND)
    assert {path: held[0] for path, held in snapshot(out / "shop").items()} == NEW
    assert manifest.location(out, "shop").read_bytes() == SECOND
    assert sorted(path.name for path in out.iterdir()) == ["shop", "shop.manifest.json"]


def test_differences_are_named_by_kind(out: Path) -> None:
    assert list(map(str, differences(out, "shop", NEW))) == [
        "differs: shop/a.py",
        "stale: shop/b/__init__.py",
        "missing: shop/c.py",
    ]
    assert differences(out, "shop", OLD) == []


@pytest.mark.parametrize("path", ["a.py", "b/__init__.py", "editions.json", "openapi.json", "py.typed"])
def test_each_kind_of_file_may_differ_be_missing_or_be_stale(tmp_path: Path, path: str) -> None:
    """Code and data are held against what is expected alike, and what is stale is removed."""
    without = {"__init__.py": CODE, "z.py": CODE}
    place = manifest.location(tmp_path, "shop")
    steps = [(without, "missing"), ({**without, path: CODE + b"1"}, "differs"), ({**without, path: CODE}, "stale")]
    for (held, kind), (wanted, _) in zip(steps, [*steps[1:], steps[0]], strict=True):
        write(tmp_path, {"shop": held}, place, manifest.text(kind, {"shop": held}))
        assert list(map(str, differences(tmp_path, "shop", wanted))) == [f"{kind}: shop/{path}"]
    write(tmp_path, {"shop": without}, place, SECOND)
    assert {name: content for name, (content, *_) in snapshot(tmp_path / "shop").items()} == without


def test_what_python_itself_leaves_there_is_no_difference(out: Path) -> None:
    (out / "shop" / "__pycache__").mkdir()
    (out / "shop" / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert differences(out, "shop", OLD) == []


def test_unchanged_files_are_not_touched(out: Path) -> None:
    before = snapshot(out)
    write(out, {"shop": OLD}, manifest.location(out, "shop"), FIRST)
    assert snapshot(out) == before
    write(out, {"shop": NEW}, manifest.location(out, "shop"), SECOND)
    after = snapshot(out)
    for path in ("shop/__init__.py", "shop/py.typed"):
        assert after[path] == before[path]


def test_a_file_system_without_links_keeps_the_time_of_change(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    before = snapshot(out)
    monkeypatch.setattr(os, "link", refuse)
    write(out, {"shop": NEW}, manifest.location(out, "shop"), SECOND)
    assert snapshot(out)["shop/__init__.py"][:2] == before["shop/__init__.py"][:2]


@pytest.mark.parametrize("failing", ["rename", "replace", "write_bytes"])
@pytest.mark.parametrize("after", range(4))
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_law_a_failure_in_the_middle_leaves_the_old_package(
    out: Path, monkeypatch: pytest.MonkeyPatch, failing: str, after: int, error: type[BaseException]
) -> None:
    """Whichever step fails, and however."""
    before = snapshot(out)
    owner = Path if failing == "write_bytes" else os
    real = getattr(owner, failing)
    calls = 0

    def fail(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == after + 1:
            raise error("no space left")
        return real(*arguments)

    monkeypatch.setattr(owner, failing, fail)
    try:
        write(out, {"shop": NEW}, manifest.location(out, "shop"), SECOND)
    except error:
        monkeypatch.undo()
        assert snapshot(out) == before
    else:
        assert calls <= after
        assert {path: held[0] for path, held in snapshot(out / "shop").items()} == NEW


def test_a_failure_of_the_first_run_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        write(tmp_path, {"shop": NEW}, manifest.location(tmp_path, "shop"), SECOND)
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_generated_is_not_removed(tmp_path: Path) -> None:
    """A package that somebody wrote, a file, a link: each is refused."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "__init__.py").write_text("mine = True\n")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    for name in ("mine", "file", "link"):
        with pytest.raises(NotOurs, match=name):
            write(tmp_path, {name: NEW}, manifest.location(tmp_path, name), SECOND)
    assert (tmp_path / "mine" / "__init__.py").read_text() == "mine = True\n"


@pytest.mark.parametrize(
    "path",
    ["notes.md", ".git/HEAD", ".gitkeep", "mine.py", "b/mine.py", "__pycache__/data.txt", "c.py", "link", "b/.x/y.pyc"],
)
def test_a_file_that_no_run_wrote_is_neither_removed_nor_overwritten(out: Path, path: str) -> None:
    place = out / "shop" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if path == "link":
        place.symlink_to(out / "nowhere")
    else:
        place.write_bytes(b"" if path == ".gitkeep" else b"mine = True")
    before = snapshot(out)
    for files in (OLD, NEW):
        if path != "c.py" or files is NEW:
            with pytest.raises(NotOurs, match=f"contains {path}, which this program did not write"):
                write(out, {"shop": {**files, "d.py": CODE}}, manifest.location(out, "shop"), SECOND)
    assert snapshot(out) == before
    assert os.path.lexists(place)


@pytest.mark.parametrize("held", [b"x", b"[]", b'{"name": "mine"}', b'{"inputs": 1, "name": "mine"}'])
def test_a_manifest_of_something_else_is_not_overwritten(out: Path, held: bytes) -> None:
    place = manifest.location(out, "shop")
    place.write_bytes(held)
    with pytest.raises(NotOurs, match=r"shop\.manifest\.json is not a manifest of this program"):
        write(out, {"shop": NEW}, place, SECOND)
    assert place.read_bytes() == held
    assert differences(out, "shop", OLD) == []


@pytest.mark.parametrize("step", range(4))
def test_law_a_run_that_is_killed_is_put_right_by_the_next(out: Path, step: int) -> None:
    """Before each step of taking the place, and after the last: the old package is there, or the new one."""
    program = f"""
import os
from pathlib import Path
from codegen import manifest
from codegen.write import write

done = 0
def dying(real):
    def call(*arguments):
        global done
        if done == {step}:
            os._exit(9)
        done += 1
        return real(*arguments)
    return call

os.rename, os.replace = dying(os.rename), dying(os.replace)
out = Path({str(out)!r})
write(out, {{"shop": {NEW!r}}}, manifest.location(out, "shop"), {SECOND!r})
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == (9 if step < 3 else 0)
    staging.recover(out)
    held = {path: content for path, (content, *_) in snapshot(out / "shop").items()}
    assert held == (OLD if step < 2 else NEW)
    assert sorted(path.name for path in out.iterdir()) == ["shop", "shop.manifest.json"]
    write(out, {"shop": NEW}, manifest.location(out, "shop"), SECOND)
    assert differences(out, "shop", NEW) == []


def test_what_a_run_that_goes_on_is_staging_is_left_alone(out: Path) -> None:
    stage = out / f"{staging.PREFIX}{os.getpid()}-x"
    stage.mkdir()
    staging.recover(out)
    assert stage.is_dir()
    other = out / f"{staging.PREFIX}named-otherwise"
    other.mkdir()
    staging.recover(out)
    assert not other.exists()


@pytest.mark.parametrize(
    ("answer", "platform", "name", "left"),
    [
        (None, "linux", "4321-x", True),
        (PermissionError, "linux", "4321-x", True),  # a process of another user
        (ProcessLookupError, "linux", "4321-x", False),
        (OverflowError, "linux", f"{10**30}-x", False),
        (None, "linux", "4321", True),
        (ProcessLookupError, "win32", "4321-x", True),  # asking could end it there
        (None, "linux", "x-4321", False),
        (None, "win32", "x-4321", False),
    ],
)
def test_a_process_that_may_go_on_keeps_what_it_is_staging(
    out: Path, monkeypatch: pytest.MonkeyPatch, answer: type[Exception] | None, platform: str, name: str, *, left: bool
) -> None:
    """Whoever it belongs to; of one that has ended, the old package is put back."""

    def kill(process: int, signal: int) -> None:
        assert (str(process), signal) == (name.partition("-")[0], 0)
        if answer is not None:
            raise answer

    monkeypatch.setattr(os, "kill", kill)
    monkeypatch.setattr(sys, "platform", platform)
    stage = out / f"{staging.PREFIX}{name}"
    (stage / "old").mkdir(parents=True)
    (out / "shop").rename(stage / "old" / "shop")
    staging.recover(out)
    assert (stage.exists(), (out / "shop").exists()) == (left, not left)


def test_what_is_there_is_not_replaced_by_what_was_there_before(out: Path) -> None:
    """Not even a link that leads nowhere."""
    stage = out / f"{staging.PREFIX}ended"
    for name in ("shop", "link", "gone"):
        (stage / "old" / name).mkdir(parents=True)
    (out / "link").symlink_to(out / "nowhere")
    staging.recover(out)
    assert not stage.exists()
    assert (out / "shop" / "a.py").read_bytes() == OLD["a.py"]
    assert ((out / "link").is_symlink(), (out / "gone").is_dir()) == (True, True)


def test_an_empty_package_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    write(tmp_path, {"shop": NEW}, manifest.location(tmp_path, "shop"), SECOND)
    assert differences(tmp_path, "shop", NEW) == []


def test_a_link_in_the_package_is_replaced_and_not_followed(out: Path) -> None:
    elsewhere = out / "elsewhere"
    elsewhere.write_bytes(OLD["a.py"])
    (out / "shop" / "a.py").unlink()
    (out / "shop" / "a.py").symlink_to(elsewhere)
    assert list(map(str, differences(out, "shop", OLD))) == ["differs: shop/a.py"]
    write(out, {"shop": OLD}, manifest.location(out, "shop"), FIRST)
    assert not (out / "shop" / "a.py").is_symlink()
    assert elsewhere.read_bytes() == OLD["a.py"]


@pytest.mark.parametrize(
    "recorded",
    [
        b"",
        b"[]",
        b"{}",
        b'{"inputs": "i"}',
        b'{"inputs": "i", "packages": []}',
        b'{"inputs": "i", "packages": {"shop": []}}',
        b'{"inputs": "i", "packages": {"shop": {"a": 1}}}',
    ],
)
def test_a_broken_manifest_holds_nothing(out: Path, recorded: bytes) -> None:
    manifest.location(out, "shop").write_bytes(recorded)
    assert not manifest.holds(out, "shop", "i")


def test_a_manifest_holds_until_anything_changes(out: Path) -> None:
    manifest.location(out, "shop").write_bytes(manifest.text("i", {"shop": OLD}))
    assert manifest.holds(out, "shop", "i")
    assert not manifest.holds(out, "shop", "other")
    (out / "shop" / "a.py").write_bytes(b"edited")
    assert not manifest.holds(out, "shop", "i")
    (out / "shop" / "a.py").write_bytes(OLD["a.py"])
    (out / "shop" / "stale.py").touch()
    assert not manifest.holds(out, "shop", "i")


def test_the_digest_of_the_inputs_follows_the_document(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_bytes(b"a")
    first = manifest.inputs(tmp_path, "shop")
    (tmp_path / "README.md").write_bytes(b"no part of the document")
    assert manifest.inputs(tmp_path, "shop") == first
    assert manifest.inputs(tmp_path, "store") != first
    (tmp_path / "openapi.yaml").write_bytes(b"b")
    assert manifest.inputs(tmp_path, "shop") != first


def test_no_digest_and_no_list_depends_on_the_order_of_a_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("openapi.yaml", "b/paths.yaml", "a.yaml", "b.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    every = (
        lambda: manifest.inputs(tmp_path),
        lambda: list(manifest.tree(tmp_path)),
        lambda: list(manifest.others(tmp_path)),
    )
    found, rglob = [ask() for ask in every], Path.rglob
    for turned in (sorted, lambda paths: sorted(paths, reverse=True)):
        monkeypatch.setattr(Path, "rglob", lambda self, pattern, turned=turned: iter(turned(rglob(self, pattern))))
        assert [ask() for ask in every] == found
