"""Programs that use every method of both clients with every form of every argument, for type checkers.

Nothing runs them. `make lint` checks them with mypy and pyright, both strict; a test ensures that no method and no
argument is missing. `programs_later` is the same with `await` in it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import httpx
from twelvelabs_api_2025_08 import (
    ApiError,
    FileInput,
    JobFailed,
    JobTimeout,
    Page,
    Pager,
    RequestInvalid,
    RequestOptions,
    ResponseInvalid,
    StatusError,
    Stream,
    StreamInvalid,
    TwelveLabs,
    models,
)

ID = "6298d673f1090f1100476d4c"
TIME = "2025-08-22T00:00:00Z"
FILES: tuple[FileInput, ...] = (
    "v.mp4",
    Path("v.mp4"),
    BytesIO(b"mp4"),
    b"mp4",
    bytearray(b"mp4"),
    ("v.mp4", b"mp4"),
    ("v.mp4", Path("other.mp4")),
    ("v.mp4", BytesIO(b"mp4"), "video/mp4"),
    (None, b"mp4", None),
)
OPTIONS: RequestOptions = {
    "timeout_in_seconds": 5,
    "max_retries": 1,
    "max_retry_wait_in_seconds": 60.5,
    "upload_progress": print,
    "additional_headers": {"x-trace": "t"},
    "additional_query_parameters": {"new": [1, "two"]},
    "additional_body_parameters": {"new": {"a": None}},
}


def analysis(client: TwelveLabs, flag: bool) -> None:
    """Text out of one video."""
    client.summarize(video_id=ID, type="chapter", prompt="For a sports page.", temperature=0.2)
    gist: models.Gist = client.gist(video_id=ID, types=["title", "topic"])
    title: str | None = gist.title
    answer: models.NonStreamAnalyzeResponse = client.analyze(video_id=ID, prompt="Who?", temperature=1)
    streamed: Stream[models.StreamAnalyzeResponse] = client.generate(video_id=ID, prompt="Who?", temperature=0)  # pyright: ignore[reportDeprecated] - still offered
    plain: models.NonStreamAnalyzeResponse = client.generate(video_id=ID, prompt="Who?", stream=False)  # pyright: ignore[reportDeprecated] - still offered
    either: Stream[models.StreamAnalyzeResponse] | models.NonStreamAnalyzeResponse = client.generate(  # pyright: ignore[reportDeprecated] - still offered
        video_id=ID, prompt="Who?", stream=flag
    )
    whole: str = streamed.text()
    with client.analyze_stream(video_id=ID, prompt="Who?", temperature=0.5, request_options=OPTIONS) as stream:
        for event in stream.data:
            if event.event_type == "text_generation":
                piece: str | None = event.text
                print(piece, title, answer.data, plain.id, either, whole)
        stream.close()


def tasks(client: TwelveLabs) -> models.TasksRetrieveResponse:
    """Videos in, and waiting for them."""
    created: list[str] = []
    pager: Pager[models.VideoIndexingTask, models.TasksListResponse] = client.tasks.list(
        page=1,
        page_limit=50,
        sort_by="updated_at",
        sort_option="asc",
        index_id=ID,
        status=["ready", "failed"],
        filename="a.mp4",
        duration=5.5,
        width=640,
        height=360,
        created_at=TIME,
        updated_at=TIME,
    )
    read: list[Page[models.VideoIndexingTask, models.TasksListResponse]] = []
    for page in pager.iter_pages():
        read.append(page)
        response: models.TasksListResponse = page.response
        created.extend(item.id or "" for item in page.items)
        print(response.page_info, pager.has_next, pager.items, pager.response)
    for task in client.tasks.list(status="ready"):
        print(task.status, task.model_dump_json())
    for file in FILES:
        client.tasks.create(index_id=ID, video_file=file, enable_video_stream=False, user_metadata={"a": 1, "b": True})
    made = client.tasks.create(index_id=ID, video_url="https://example.com/v.mp4", user_metadata='{"a": "b"}')
    client.tasks.retrieve(task_id=made.id or ID)
    try:
        done: models.TasksRetrieveResponse = client.tasks.wait_for_done(
            task_id=ID, sleep_interval=2, timeout=3600, callback=lambda task: print(task.status)
        )
    except JobFailed as error:
        reason: str | None = error.reason
        print(reason, error.status, error.answer)
        raise
    except JobTimeout as error:
        print(error.timeout)
        raise
    client.tasks.delete(task_id=ID, request_options={"max_retries": 0})
    client.tasks.transfers.create(
        integration_id=ID, index_id=ID, incremental_import=True, retry_failed=False, user_metadata={"a": 1.5}
    )
    client.tasks.transfers.get_status(integration_id=ID, index_id=ID)
    client.tasks.transfers.get_logs(integration_id=ID)
    return done


def indexes(client: TwelveLabs) -> None:
    """Indexes and the videos in them."""
    item = models.IndexesCreateRequestModelsItem(model_name="marengo2.7", model_options=["visual", "audio"])
    made = client.indexes.create(
        index_name="mine",
        models=[item, {"model_name": "pegasus1.2", "model_options": ["visual"]}],
        addons=["thumbnail"],
    )
    for index in client.indexes.list(
        page=1,
        page_limit=10,
        sort_by="created_at",
        sort_option="desc",
        index_name="mine",
        model_options="visual,audio",
        model_family="marengo",
        created_at=TIME,
        updated_at=TIME,
    ):
        print(index.index_name, made.id)
    kept: models.IndexSchema = client.indexes.retrieve(index_id=ID)
    nothing: None = client.indexes.update(index_id=ID, index_name=kept.index_name or "mine")  # type: ignore[func-returns-value] # to say that it is None
    for video in client.indexes.videos.list(
        index_id=ID,
        page=1,
        page_limit=10,
        sort_by="created_at",
        sort_option="desc",
        filename="a.mp4",
        duration=1.5,
        fps=25,
        width=640.5,
        height=360,
        size=1e6,
        created_at=TIME,
        updated_at=TIME,
        user_metadata={"a": "b", "c": 1},
    ):
        print(video.id, nothing)
    client.indexes.videos.retrieve(
        index_id=ID, video_id=ID, embedding_option=["visual-text", "audio"], transcription=True
    )
    client.indexes.videos.retrieve(index_id=ID, video_id=ID, embedding_option="audio")
    client.indexes.videos.update(index_id=ID, video_id=ID, user_metadata={"a": "b"})
    client.indexes.videos.delete(index_id=ID, video_id=ID)
    client.manage_videos.partial_update_video_information(index_id=ID, video_id=ID, user_metadata={"a": None, "b": 1})
    client.indexes.delete(index_id=ID)


def embeddings(client: TwelveLabs) -> list[float]:
    """Vectors, at once and of whole videos."""
    vectors: list[float] = []
    found: models.EmbeddingResponse = client.embed.create(
        model_name="Marengo-retrieval-2.7",
        text="a dog",
        text_truncate="none",
        image_url="https://example.com/i.png",
        audio_url="https://example.com/a.wav",
        audio_start_offset_sec=1.5,
    )
    if found.text_embedding and found.text_embedding.segments:
        for segment in found.text_embedding.segments:
            vectors.extend(segment.float_ or ())
    client.embed.create(model_name="m", image_file=Path("i.png"), audio_file=("a.wav", b"RIFF", "audio/wav"))
    made = client.embed.tasks.create(
        model_name="m",
        video_file="v.mp4",
        video_start_offset_sec=0,
        video_end_offset_sec=10,
        video_clip_length=5,
        video_embedding_scope=["clip", "video"],
    )
    client.embed.tasks.create(model_name="m", video_url="https://example.com/v.mp4", video_embedding_scope="clip")
    client.embed.tasks.wait_for_done(task_id=made.id or ID, sleep_interval=0.5, timeout=None, callback=None)
    status: models.EmbedTasksStatusResponse = client.embed.tasks.status(task_id=ID)
    print(status.status)
    client.embed.tasks.retrieve(task_id=ID, embedding_option=["visual-text"])
    client.embed.tasks.retrieve(task_id=ID, embedding_option="audio")
    for task in client.embed.tasks.list(started_at=TIME, ended_at=TIME, status="ready", page=1, page_limit=10):
        print(task.id)
    return vectors


def search(client: TwelveLabs) -> None:
    """Moments in videos."""
    first: models.SearchResults = client.search.create(
        index_id=ID,
        search_options=["visual", "audio"],
        query_text="a dog",
        adjust_confidence_level=0.5,
        group_by="video",
        threshold="low",
        sort_option="score",
        operator="and",
        page_limit=10,
        filter=models.SearchFilter(id=["a"]),
        include_user_metadata=True,
    )
    client.search.create(
        index_id=ID, search_options="visual", query_media_type="image", query_media_url="https://example.com/i.png"
    )
    client.search.create(
        index_id=ID, search_options="visual", query_media_type="image", query_media_file=b"png", filter={"a": 1}
    )
    for match in client.search.query(
        index_id=ID,
        search_options=["visual"],
        query_media_type="image",
        query_media_url="https://example.com/i.png",
        query_media_file=Path("i.png"),
        query_text="a dog",
        adjust_confidence_level=0.5,
        group_by="clip",
        threshold="high",
        sort_option="clip_count",
        operator="or",
        page_limit=50,
        filter='{"id": ["a"]}',
        include_user_metadata=False,
    ):
        score: float | None = match.score
        print(score, first.page_info)
    client.search.retrieve(page_token="t", include_user_metadata=True)


def settings() -> None:
    """Every way to make a client, and what it raises."""
    with TwelveLabs() as own, httpx.Client() as http:
        print(own)
        given = TwelveLabs(
            api_key="k",
            base_url="http://10.0.0.1",
            timeout=httpx.Timeout(5),
            max_retries=0,
            httpx_client=http,
            validate=False,
            allow_http=True,
        )
        TwelveLabs(timeout=None)
        try:
            given.tasks.retrieve(task_id=ID)
        except RequestInvalid as error:
            print([violation.where for violation in error.violations])
        except StatusError as error:
            code: str | int | None = error.code
            status: int = error.status_code
            request: httpx.Request = error.request
            print(code, status, request, error.message, error.request_id, error.headers["x"], error.response)
        except StreamInvalid as error:
            print(error.line)
        except ResponseInvalid as error:
            print(error.violations, error.response)
        except ApiError as error:
            print(error.operation, error.status_code, error.body, error.request_id)
        given.close()
