"""The programs of `programs`, with `await` in them, for type checkers."""

from __future__ import annotations

from pathlib import Path

import httpx
from twelvelabs_api_2025_08 import (
    ApiError,
    AsyncPager,
    AsyncStream,
    AsyncTwelveLabs,
    JobFailed,
    JobTimeout,
    Page,
    RequestInvalid,
    ResponseInvalid,
    StatusError,
    StreamInvalid,
    models,
)

from tests.typing.programs import FILES, ID, OPTIONS, TIME


async def reported(task: models.TasksRetrieveResponse) -> None:
    """Say how far a task is."""
    print(task.status)


async def analysis_later(client: AsyncTwelveLabs, flag: bool) -> None:
    """Text out of one video."""
    await client.summarize(video_id=ID, type="chapter", prompt="For a sports page.", temperature=0.2)
    gist: models.Gist = await client.gist(video_id=ID, types=["title", "topic"])
    title: str | None = gist.title
    answer: models.NonStreamAnalyzeResponse = await client.analyze(video_id=ID, prompt="Who?", temperature=1)
    streamed: AsyncStream[models.StreamAnalyzeResponse] = await client.generate(  # pyright: ignore[reportDeprecated] - still offered
        video_id=ID, prompt="Who?", temperature=0
    )
    plain: models.NonStreamAnalyzeResponse = await client.generate(video_id=ID, prompt="Who?", stream=False)  # pyright: ignore[reportDeprecated] - still offered
    either: AsyncStream[models.StreamAnalyzeResponse] | models.NonStreamAnalyzeResponse = await client.generate(  # pyright: ignore[reportDeprecated] - still offered
        video_id=ID, prompt="Who?", stream=flag
    )
    whole: str = await streamed.text()
    async with await client.analyze_stream(
        video_id=ID, prompt="Who?", temperature=0.5, request_options=OPTIONS
    ) as stream:
        async for event in stream.data:
            if event.event_type == "text_generation":
                piece: str | None = event.text
                print(piece, title, answer.data, plain.id, either, whole)
        await stream.close()


async def tasks_later(client: AsyncTwelveLabs) -> models.TasksRetrieveResponse:
    """Videos in, and waiting for them."""
    created: list[str] = []
    pager: AsyncPager[models.VideoIndexingTask, models.TasksListResponse] = await client.tasks.list(
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
    async for page in pager.iter_pages():
        read.append(page)
        response: models.TasksListResponse = page.response
        created.extend(item.id or "" for item in page.items)
        print(response.page_info, pager.has_next, pager.items, pager.response)
    async for task in await client.tasks.list(status="ready"):
        print(task.status, task.model_dump_json())
    for file in FILES:
        await client.tasks.create(
            index_id=ID, video_file=file, enable_video_stream=False, user_metadata={"a": 1, "b": True}
        )
    made = await client.tasks.create(index_id=ID, video_url="https://example.com/v.mp4", user_metadata='{"a": "b"}')
    await client.tasks.retrieve(task_id=made.id or ID)
    try:
        done: models.TasksRetrieveResponse = await client.tasks.wait_for_done(
            task_id=ID, sleep_interval=2, timeout=3600, callback=reported
        )
    except JobFailed as error:
        reason: str | None = error.reason
        print(reason, error.status, error.answer)
        raise
    except JobTimeout as error:
        print(error.timeout)
        raise
    await client.tasks.delete(task_id=ID, request_options={"max_retries": 0})
    await client.tasks.transfers.create(
        integration_id=ID, index_id=ID, incremental_import=True, retry_failed=False, user_metadata={"a": 1.5}
    )
    await client.tasks.transfers.get_status(integration_id=ID, index_id=ID)
    await client.tasks.transfers.get_logs(integration_id=ID)
    return done


async def indexes_later(client: AsyncTwelveLabs) -> None:
    """Indexes and the videos in them."""
    item = models.IndexesCreateRequestModelsItem(model_name="marengo2.7", model_options=["visual", "audio"])
    made = await client.indexes.create(
        index_name="mine",
        models=[item, {"model_name": "pegasus1.2", "model_options": ["visual"]}],
        addons=["thumbnail"],
    )
    async for index in await client.indexes.list(
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
    kept: models.IndexSchema = await client.indexes.retrieve(index_id=ID)
    nothing: None = await client.indexes.update(index_id=ID, index_name=kept.index_name or "mine")  # type: ignore[func-returns-value] # to say that it is None
    async for video in await client.indexes.videos.list(
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
    await client.indexes.videos.retrieve(
        index_id=ID, video_id=ID, embedding_option=["visual-text", "audio"], transcription=True
    )
    await client.indexes.videos.retrieve(index_id=ID, video_id=ID, embedding_option="audio")
    await client.indexes.videos.update(index_id=ID, video_id=ID, user_metadata={"a": "b"})
    await client.indexes.videos.delete(index_id=ID, video_id=ID)
    await client.manage_videos.partial_update_video_information(
        index_id=ID, video_id=ID, user_metadata={"a": None, "b": 1}
    )
    await client.indexes.delete(index_id=ID)


async def embeddings_later(client: AsyncTwelveLabs) -> list[float]:
    """Vectors, at once and of whole videos."""
    vectors: list[float] = []
    found: models.EmbeddingResponse = await client.embed.create(
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
    await client.embed.create(model_name="m", image_file=Path("i.png"), audio_file=("a.wav", b"RIFF", "audio/wav"))
    made = await client.embed.tasks.create(
        model_name="m",
        video_file="v.mp4",
        video_start_offset_sec=0,
        video_end_offset_sec=10,
        video_clip_length=5,
        video_embedding_scope=["clip", "video"],
    )
    await client.embed.tasks.create(model_name="m", video_url="https://example.com/v.mp4", video_embedding_scope="clip")
    await client.embed.tasks.wait_for_done(task_id=made.id or ID, sleep_interval=0.5, timeout=None, callback=None)
    status: models.EmbedTasksStatusResponse = await client.embed.tasks.status(task_id=ID)
    print(status.status)
    await client.embed.tasks.retrieve(task_id=ID, embedding_option=["visual-text"])
    await client.embed.tasks.retrieve(task_id=ID, embedding_option="audio")
    async for task in await client.embed.tasks.list(
        started_at=TIME, ended_at=TIME, status="ready", page=1, page_limit=10
    ):
        print(task.id)
    return vectors


async def search_later(client: AsyncTwelveLabs) -> None:
    """Moments in videos."""
    first: models.SearchResults = await client.search.create(
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
    await client.search.create(
        index_id=ID, search_options="visual", query_media_type="image", query_media_url="https://example.com/i.png"
    )
    await client.search.create(
        index_id=ID, search_options="visual", query_media_type="image", query_media_file=b"png", filter={"a": 1}
    )
    async for match in await client.search.query(
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
    await client.search.retrieve(page_token="t", include_user_metadata=True)


async def settings_later() -> None:
    """Every way to make a client, and what it raises."""
    async with AsyncTwelveLabs() as own, httpx.AsyncClient() as http:
        print(own)
        given = AsyncTwelveLabs(
            api_key="k",
            base_url="http://10.0.0.1",
            timeout=httpx.Timeout(5),
            max_retries=0,
            httpx_client=http,
            validate=False,
            allow_http=True,
        )
        AsyncTwelveLabs(timeout=None)
        try:
            await given.tasks.retrieve(task_id=ID)
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
        await given.close()
