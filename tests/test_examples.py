"""The examples do what their README says of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CLIPS = ROOT / "examples" / "clips"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module in the folder of the example, as a consumer would."""
    return subprocess.run([sys.executable, "-m", *arguments], cwd=CLIPS, capture_output=True, text=True, check=False)


def test_without_the_contract_all_tests_pass_and_with_it_the_four_mistakes_are_told() -> None:
    options = ("pytest", "--quiet", "-p", "no:cacheprovider")
    plain = run(*options)
    assert (plain.returncode, plain.stdout.splitlines()[-1].split(" in ")[0]) == (0, "10 passed"), plain.stdout
    watched = run(*options, "--contract", "test_broken_clips.py", "test_clips.py", "test_with_the_mock.py")
    assert watched.returncode == 1
    assert watched.stdout.splitlines()[-1].split(" in ")[0] == "4 failed, 6 passed"
    for told in (
        "contract: tasks.list query.page_limit maximum",
        "contract: search.create form.search_options encoding",
        "contract: search.create body.page_info.total_results type",
        "contract: analyze event[3] truncated",
    ):
        assert told in watched.stdout
    assert watched.stdout.count("the CODE is wrong") == 3  # of the page limit two pages are asked for
    assert watched.stdout.count("the FIXTURE is wrong") == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("validate", "--operation", "search.create", "--status", "200", "fixtures/matches.json"), 0),
        (("validate", "--operation", "search.create", "--status", "200", "fixtures/broken_matches.json"), 1),
        (("check", "recordings/twelvelabs_listing.yaml"), 0),
    ],
)
def test_fixtures_and_recordings(arguments: tuple[str, ...], status: int) -> None:
    done = run("twelvelabs_contract", *arguments)
    assert done.returncode == status, done.stdout + done.stderr


def test_the_hooks_name_commands_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        program, command = hook["entry"].split()
        assert program == "twelvelabs-contract"
        assert run("twelvelabs_contract", command, "--help").returncode == 0
