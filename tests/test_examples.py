"""The examples have the results that their README states."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CLIPS = ROOT / "examples" / "clips"
WEBHOOKS = ROOT / "examples" / "webhooks"


def run(*arguments: str, folder: Path = CLIPS) -> subprocess.CompletedProcess[str]:
    """Run a module in the folder of the example, as a consumer would."""
    return subprocess.run([sys.executable, "-m", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def outcome(report: Path, *arguments: str) -> tuple[int, list[str]]:
    """Count the tests that ran, and read the text of each failure, from the report in XML."""
    done = run("pytest", "-p", "no:cacheprovider", f"--junitxml={report}", *arguments)
    cases = ET.parse(report).getroot().findall(".//testcase")  # noqa: S314 - written by the run above
    failures = [failure.text or "" for case in cases for failure in (*case.findall("failure"), *case.findall("error"))]
    assert done.returncode == bool(failures), done.stdout + done.stderr
    return len(cases), failures


def test_without_the_contract_all_tests_pass_and_with_it_the_four_mistakes_are_reported(tmp_path: Path) -> None:
    assert outcome(tmp_path / "plain.xml") == (10, [])
    ran, failures = outcome(tmp_path / "watched.xml", "--contract")
    assert (ran, len(failures)) == (10, 4)
    reported = "\n".join(failures)
    for violation in (
        "contract: tasks.list query.page_limit maximum",
        "contract: search.create form.search_options encoding",
        "contract: search.create body.page_info.total_results type",
        "contract: analyze event[3] truncated",
    ):
        assert violation in reported
    assert reported.count("the CODE is wrong") == 3  # of the page limit two pages are asked for
    assert reported.count("the FIXTURE is wrong") == 2


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


@pytest.mark.deep
def test_what_of_the_consumer_breaks_by_the_newest_edition() -> None:
    """Each break with file, line, day and what to use instead, and nothing else; its recording breaks nowhere."""
    days = ("--contract-edition=2025-08", "--contract-upgrade-to=2026-10-06")
    output = run("pytest", "-p", "no:cacheprovider", "--contract", *days, "test_clips.py").stdout
    reported = [line for line in output.splitlines() if line]
    begin = next(n for n, line in enumerate(reported) if "what breaks from 2025-08-05 to 2026-10-06" in line)
    assert reported[begin + 1 : begin + 6] == [
        "test_clips.py:55: test_clips.py::test_a_description:"
        " POST https://api.twelvelabs.io/v1.3/analyze (at clips.py:43)",
        "  2026-08-19: the request: analyze: body.video_id: `video_id` was removed on 2026-08-19; use video",
        "deprecated, no day yet: tasks.list; use indexes.indexed_assets.list",
        "4 exchanges from 2025-08-05 to 2026-10-06: 1 breaks",
        "every exchange is valid at editions from 2025-08-05 to 2026-07-23",
    ]
    recording = ("recordings/twelvelabs_listing.yaml", "--edition", "2025-08", "--to", "2026-10-06")
    done = run("twelvelabs_contract", "upgrade", *recording)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "deprecated, no day yet: tasks.list; use indexes.indexed_assets.list",
            "1 exchange from 2025-08-05 to 2026-10-06: none breaks",
            "every exchange is valid at editions from 2025-08-05 to 2026-10-06",
        ],
    )


def test_both_receivers_of_webhooks_take_what_is_signed_and_refuse_what_is_forged() -> None:
    done = run("pytest", "-q", "-p", "no:cacheprovider", folder=WEBHOOKS)
    assert (done.returncode, "14 passed" in done.stdout) == (0, True), done.stdout + done.stderr


def test_the_hooks_name_commands_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        program, command = hook["entry"].split()
        assert program == "twelvelabs-contract"
        assert run("twelvelabs_contract", command, "--help").returncode == 0


def test_the_comment_on_a_pull_request_is_what_the_command_writes() -> None:
    """The workflow's command runs in the example, and its output has a heading and says that all conforms."""
    workflow = yaml.safe_load((ROOT / "examples" / "pull-request.yml").read_text())
    steps = [step["run"] for step in workflow["jobs"]["comment"]["steps"] if "run" in step]
    (command,) = (step.split(" > ")[0] for step in steps if step.startswith("twelvelabs-contract"))
    done = run("twelvelabs_contract", *command.split()[1:])
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("#")
    assert "1 exchange checked" in done.stdout
