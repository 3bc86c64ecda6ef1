"""What decides whether there is anything to generate."""

import sys
from importlib import metadata

from codegen import manifest


def test_versions_of_the_tools_are_those_of_their_metadata() -> None:
    """Their folders are asked, which is faster; one that has none there, such as in an archive, for its metadata."""
    known = {tool: metadata.version(tool) for tool in manifest.TOOLS}
    assert dict(manifest.versions(sys.path)) == dict(manifest.versions([])) == known
