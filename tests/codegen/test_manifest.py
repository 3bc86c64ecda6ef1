"""What decides whether there is anything to generate."""

import sys
from importlib import metadata
from pathlib import Path

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
