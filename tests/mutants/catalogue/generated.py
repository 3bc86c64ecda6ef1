"""Faults in the generated package: what a slip of the generator would look like, in one client or in the other."""

from __future__ import annotations

from collections.abc import Callable

from tests.mutants.fault import Fault, faults_in

ROOT, TESTS = "generated/twelvelabs_api", "tests/client/test_twelvelabs.py"

_client = faults_in("_client.py", TESTS, root=ROOT)
_tasks = faults_in("tasks/__init__.py", TESTS, root=ROOT)
_search = faults_in("search.py", TESTS, root=ROOT)
_flags = faults_in("_client.py", "tests/codegen/test_flags.py", root=ROOT)
_models = faults_in("models.py", TESTS, root=ROOT)

_LIST = 'self._client.pages(\n            "tasks.list"'
_DELETE = 'self._client.call_none("tasks.delete", path={"task_id": task_id}'
_RETRIEVE = """self._client.call(
            "search.retrieve",
            Answer[_api.models.SearchRetrieveResponse],
            path={"page_token": page_token},
            query={"include_user_metadata": include_user_metadata},"""
_STREAM = """self._client.stream(
            "analyze",
            Answer[_api.models.StreamAnalyzeResponse],
            body={"video_id": video_id, "prompt": prompt, "temperature": temperature, "stream": True},"""


def _both(maker: Callable[..., Fault], name: str, call: str, old: str, new: str) -> tuple[Fault, Fault]:
    """Plant the same fault in the method of either client."""
    changed = call.replace(old, new)
    return (
        maker(name, f"return {call}", f"return {changed}"),
        maker(f"async: {name}", f"return await {call}", f"return await {changed}"),
    )


FAULTS = (
    *_both(_tasks, "a method calls another operation", _LIST, "tasks.list", "embed.tasks.list"),
    *_both(_tasks, "a method gives its argument's name", _DELETE, ": task_id", ': "task_id"'),
    *_both(_search, "a method loses an argument", _RETRIEVE, '"include_user_metadata": include_user_metadata', ""),
    *_both(_search, "a method reads another answer", _RETRIEVE, "SearchRetrieveResponse", "SearchResults"),
    *_both(_client, "a method that streams does not", _STREAM, "True", "False"),
    *(
        _flags(
            f"{world}a flag that is not given is taken for false",
            f"if stream is not False:\n            return {word}self",
            f"if stream:\n            return {word}self",
        )
        for world, word in (("", ""), ("async: ", "await "))
    ),
    _models("an answer is closed", "class VideoIndexingTask(OpenModel):", "class VideoIndexingTask(ClosedModel):"),
    _models("a request is open", "class AnalyzeRequest(ClosedModel)", "class AnalyzeRequest(OpenModel)"),
)
