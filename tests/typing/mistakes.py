"""Mistakes that type checkers must find: each is ignored here, and mypy strict reports an ignore that is not needed.

Nothing runs them; their effect at run time is tested elsewhere.
"""

from __future__ import annotations

from io import StringIO

from twelvelabs_api_2025_08 import AsyncTwelveLabs, Stream, TwelveLabs, models

ID = "6298d673f1090f1100476d4c"


def arguments(client: TwelveLabs) -> None:
    """Names, values and kinds."""
    client.tasks.retrieve()  # type: ignore[call-arg] # one is missing
    client.tasks.retrieve(ID)  # type: ignore[call-arg] # no position
    client.tasks.retrieve(task=ID)  # type: ignore[call-arg] # no such name
    client.tasks.retrieve(task_id=5)  # type: ignore[arg-type] # no text
    client.tasks.list(status="done")  # type: ignore[arg-type] # no such status
    client.tasks.list(status=["ready", "done"])  # type: ignore[list-item] # nor in a list
    client.tasks.list(page="1")  # type: ignore[arg-type] # no number
    client.tasks.create(index_id=ID, video_file=StringIO("text"))  # type: ignore[arg-type] # a file in text mode
    client.tasks.create(index_id=ID, video_file=("v.mp4", "text"))  # type: ignore[arg-type] # text as content
    client.gist(video_id=ID, types="title")  # type: ignore[arg-type] # a list is sent as one in JSON
    client.tasks.retrieve(task_id=ID, request_options={"retries": 1})  # type: ignore[arg-type] # no such option
    client.tasks.retrieve(task_id=ID, request_options={"max_retries": "1"})  # type: ignore[arg-type] # no number
    client.tasks.wait_for_done(task_id=ID, callback=5)  # type: ignore[arg-type] # no function
    TwelveLabs("key")  # type: ignore[call-arg] # no position


def answers(client: TwelveLabs) -> None:
    """Take what comes back for something else."""
    stream: Stream[models.StreamAnalyzeResponse] = client.generate(video_id=ID, prompt="p", stream=False)  # type: ignore[assignment] # one object
    print(stream)
    print(client.tasks.retrieve(task_id=ID).statuz)  # type: ignore[attr-defined] # no such field
    print(len(client.tasks.retrieve(task_id=ID).status))  # type: ignore[arg-type] # it may be absent


async def later(client: AsyncTwelveLabs) -> None:
    """Forget to await."""
    print(client.tasks.retrieve(task_id=ID).status)  # type: ignore[attr-defined] # before it is awaited
    print(*(await client.tasks.list()))  # type: ignore[misc] # not `async for`
