"""What decides whether there is anything to generate."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from codegen import manifest


def test_versions_of_the_tools_are_those_of_their_metadata() -> None:
    """Their folders are asked, which is faster; one that has none there, such as in an archive, for its metadata."""
    known = {tool: metadata.version(tool) for tool in manifest.TOOLS}
    assert dict(manifest.versions(sys.path)) == dict(manifest.versions([])) == known


def test_the_first_place_with_a_tool_has_its_version(tmp_path: Path) -> None:
    """Names are written in any case, and a place can be an archive, or be gone."""
    for folder in ("a/PyYAML-1.2.dist-info", "a/ruff-0.1.egg-info", "b/pyyaml-3.dist-info", "b/ruff-4+x.dist-info"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "c.zip").touch()
    found = dict(manifest.versions([str(tmp_path / name) for name in ("c.zip", "gone", "a", "b")]))
    assert (found["pyyaml"], found["ruff"]) == ("1.2", "4+x")
    assert found["pydantic"] == metadata.version("pydantic")


@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.yml", "b/c.json", "b/c.yaml", "b/c.yml", "b/d/e.yml"])
@pytest.mark.parametrize("spec", ["", "openapi.yaml", "openapi.json", "openapi.yml"])
def test_every_file_of_the_document_is_part_of_the_digest(
    tmp_path: Path, spec: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its content and its name: of the folder, or of the folder of the file, which can refer to it."""
    monkeypatch.setattr(manifest, "_CODE", ())
    (tmp_path / "b" / "d").mkdir(parents=True)
    if spec:
        (tmp_path / spec).write_bytes(b"{}")

    def digest() -> str:
        return manifest.inputs(tmp_path / spec)

    found = [digest()]
    for content in (b"", b"1", b"2"):
        (tmp_path / name).write_bytes(content)
        found.append(digest())
    (tmp_path / name).rename(tmp_path / f"z{Path(name).suffix}")
    found.append(digest())
    assert len({*found}) == len(found)
    (tmp_path / f"z{Path(name).suffix}").rename(tmp_path / "b" / f"z{Path(name).suffix}")
    found.append(digest())
    assert len({*found}) == len(found)
    (tmp_path / "b" / f"z{Path(name).suffix}").unlink()
    for other in ("a.txt", "b/README.md", "a.yaml.orig", "yaml"):
        (tmp_path / other).write_bytes(b"1")
    (tmp_path / "c.yaml").mkdir()
    assert digest() == found[0]


def test_a_folder_may_be_called_as_a_file(tmp_path: Path) -> None:
    """Its neighbours are no part of the document then."""
    spec = tmp_path / "spec.yaml"
    spec.mkdir()
    first = manifest.inputs(spec)
    (tmp_path / "other.yaml").touch()
    assert manifest.inputs(spec) == first
    (spec / "openapi.yaml").touch()
    assert manifest.inputs(spec) != first


@pytest.mark.parametrize(("place", "counts"), [("a.py", True), ("b/a.py", True), ("a.txt", False), ("a.pyc", False)])
def test_the_code_of_the_generator_is_part_of_the_digest(
    tmp_path: Path, place: str, counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, code, more = (tmp_path / name for name in ("spec", "code", "more"))
    for folder in (spec, code / "b", more / "b"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(manifest, "_CODE", (code, more))
    found = [manifest.inputs(spec)]
    for folder in (code, more):
        (folder / place).write_bytes(b"1")
        found.append(manifest.inputs(spec))
    assert len({*found}) == (len(found) if counts else 1)


def test_options_tools_and_the_name_of_the_document_are_part_of_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options that follow each other are told from one that spells both."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    options = [(), ("",), ("a",), ("a", "b"), ("b", "a"), ("ab",), ("a", "b", "")]
    found = [manifest.inputs(one, *given) for given in options] + [manifest.inputs(two)]
    monkeypatch.setattr(manifest, "versions", lambda _: iter([("ruff", "0")]))
    found.append(manifest.inputs(one))
    monkeypatch.setattr(sys, "version", "9.9.9 (of another day)")
    found.append(manifest.inputs(one))
    assert len({*found}) == len(found)
    monkeypatch.setattr(sys, "version", "9.9.9 (built again)")
    assert manifest.inputs(one) == found[-1]


def test_files_that_python_writes_are_no_part_of_a_package(tmp_path: Path) -> None:
    """Anything else in their folder is listed where files are removed, so that nobody's file is."""
    for name in ("a.py", "b/c.py", "__pycache__/a.cpython-311.pyc", "__pycache__/a.pyc.7", "__pycache__/mine.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "stray.pyc").touch()
    (tmp_path / "link").symlink_to(tmp_path / "b")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert [*manifest.tree(tmp_path)] == ["a.py", "b/c.py", "gone", "link", "stray.pyc"]
    assert [*manifest.others(tmp_path)] == ["__pycache__/mine.txt", *manifest.tree(tmp_path)]


@pytest.mark.parametrize(
    ("content", "one"),
    [
        (None, True),
        (b"", True),
        (b"{}", True),
        (b'{"inputs": "i"}', True),
        (b'{"inputs": "i", "packages": {}}', True),
        (b'{"inputs": "i", "more": 1}', False),
        (b"[]", False),
        (b"no JSON", False),
        (b"\xff", False),
    ],
)
def test_a_manifest_is_told_from_a_file_of_somebody_else(tmp_path: Path, content: bytes | None, one: bool) -> None:
    place = manifest.location(tmp_path, "shop")
    if content is not None:
        place.write_bytes(content)
    assert manifest.is_one(place) is one


def test_a_place_that_is_taken_is_no_manifest(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert not manifest.is_one(tmp_path / "link")
    assert not manifest.is_one(tmp_path)


def test_the_files_of_a_package_are_recorded_in_any_manifest(tmp_path: Path) -> None:
    """One that is none of ours records nothing."""
    manifest.location(tmp_path, "all").write_bytes(manifest.text("i", {"shop": {"a.py": b""}, "store": {"b.py": b""}}))
    manifest.location(tmp_path, "shop").write_bytes(manifest.text("j", {"shop": {"c.py": b""}}))
    for number, other in enumerate((b"", b"[]", b"x", b'{"packages": []}', b'{"packages": {"shop": ["d.py"]}}')):
        manifest.location(tmp_path, f"other{number}").write_bytes(other)
    manifest.location(tmp_path, "alien").write_bytes(b'{"packages": {"shop": {"e.py": 1}}, "more": 1}')
    assert manifest.recorded(tmp_path, "shop") == {"a.py", "c.py"}
    assert manifest.recorded(tmp_path, "store") == {"b.py"}
    assert manifest.recorded(tmp_path, "other") == frozenset()
