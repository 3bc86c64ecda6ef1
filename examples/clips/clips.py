"""A small service on top of the vendor's SDK: find moments in a library of videos, and describe one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twelvelabs import StreamTextResponse, TwelveLabs


@dataclass(frozen=True)
class Moment:
    """A part of a video, from and to in seconds."""

    video_id: str
    start: float
    end: float


class Clips:
    """One index of videos."""

    def __init__(self, client: TwelveLabs, index_id: str) -> None:
        self._client = client
        self._index_id = index_id

    def unfinished(self) -> list[str]:
        """Return the videos that are still being worked on."""
        tasks = self._client.tasks.list(index_id=self._index_id, status=["queued", "indexing"], page_limit=50)
        return [task.video_id for task in tasks if task.video_id]

    def find(self, words: str) -> tuple[int, list[Moment]]:
        """Return how many moments fit, and the first of them, the best first."""
        found = self._client.search.create(
            index_id=self._index_id, search_options=["visual", "audio"], query_text=words, page_limit=10
        )
        total = found.page_info.total_results if found.page_info else None
        matches = found.data or []
        return total or 0, [Moment(m.video_id or "", m.start or 0.0, m.end or 0.0) for m in matches]

    def describe(self, video_id: str) -> Iterator[str]:
        """Yield a description as it is written."""
        for event in self._client.analyze_stream(video_id=video_id, prompt="What happens? One sentence."):
            if isinstance(event, StreamTextResponse):
                yield event.text or ""
