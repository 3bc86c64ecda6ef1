"""Values for the arguments of an SDK, from its type hints: each alternative of each type, and special values by name.

Values are plain data (`{"type": "url", "url": "https://…"}`) until `built` makes the SDK's models of them. A type hint
gives the literals, branches and fields; the form of a value (an id, a time, a file, a string that holds JSON) is in
`VALUES` and `MODELS`, two tables that a new release may require to be extended: a name without a value raises an error.
"""

from __future__ import annotations

import collections.abc
import inspect
import json
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ID = "6298d673f1090f1100476d4c"
OTHER_ID = "64f8d2c7e4a1b37f8a9c5d12"
STORE_ID = "ks_019ebcf4-7e08-7201-b69c-69e0c1e6ae56"
ITEM_ID = "ksi_019ebcf4-7e08-7201-b69c-69e0c1e6ae57"
COLLECTION_ID = "ksic_019ebcf4-7e08-7201-b69c-69e0c1e6ae58"
SESSION_ID = "sess_019ebcf4-7e08-7201-b69c-69e0c1e6ae59"
VIDEO_URL = "https://media.example.com/clip.mp4"
IMAGE_URL = "https://media.example.com/frame.png"
AUDIO_URL = "https://media.example.com/voice.wav"
BASE64 = "AAAAGGZ0eXBtcDQy"
VIDEO_FILE = ("clip.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4")
IMAGE_FILE = ("frame.png", b"\x89PNG\r\n\x1a\n", "image/png")
AUDIO_FILE = ("voice.wav", b"RIFF\x04\x00\x00\x00WAVE", "audio/wav")
JSON_SCHEMA = {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}
PLAIN_METADATA: _Fields = {"category": "recentlyAdded", "batchNumber": 5, "rating": 9.3, "needsReview": True}
SEGMENTS = {"id": "goals", "description": "Each goal, from the shot on."}

VALUES: dict[str, list[Any]] = {
    # Identifiers.
    "asset_id": [ID],
    "asset_ids": [ID, OTHER_ID],
    "batch_id": [ID],
    "collection_id": [COLLECTION_ID],
    "connection_id": [ID],
    "custom_id": ["match-7_first-half"],
    "entity_collection_id": [ID],
    "entity_id": [ID],
    "import_id": [ID],
    "index_id": [ID],
    "indexed_asset_id": [ID],
    "integration_id": [ID],
    "item_id": [ITEM_ID],
    "item_ids": [ITEM_ID],
    "knowledge_store_id": [STORE_ID],
    "page_token": ["c2f51-next"],
    "redirect_uri_id": [ID],
    "session_id": [SESSION_ID],
    "source_id": ["1AbCdEfGhIjKlMnOpQrStUvWxYz"],
    "task_id": [ID],
    "upload_id": [ID],
    "video_id": [ID],
    "ItemIdFilter.eq": [ITEM_ID],
    "ItemIdFilter.in_": [[ITEM_ID]],
    # Text.
    "content": ["Which goals were scored in the second half?"],
    "description": ["Goals and saves of the season."],
    "enum": [["left", "right"]],
    "file_type": ["video"],
    "filename": ["01 début.mp4"],
    "id": ["goals"],
    "index_name": ["my Index"],
    "input_text": ["A keeper saves a shot."],
    "instructions": ["Answer in one sentence."],
    "model_family": ["marengo", "pegasus"],
    "embed.create.model_name": ["marengo3.0", "Marengo-retrieval-2.7"],
    "embed.tasks.create.model_name": ["marengo3.0", "Marengo-retrieval-2.7"],
    "embed.v_2.create.model_name": ["marengo3.0"],
    "embed.v_2.tasks.create.model_name": ["marengo3.0"],
    "model_options": ["visual,audio"],
    "IndexesCreateRequestModelsItem.model_options": [["visual", "audio"], ["visual"], ["audio"]],
    "name": ["goals"],
    "prompt": ["Who is on the pitch?"],
    "query_text": ["a dog à Paris"],
    "text": ["a red car\N{NO-BREAK SPACE}à Paris"],
    "text_truncate": ["end", "none"],
    "sort_by": ["created_at", "updated_at"],
    "sort_option": ["asc", "desc"],
    "search.query.sort_option": ["score", "clip_count"],
    "search.query.threshold": ["high", "medium", "low", "none"],
    "status": ["processing", "ready", "failed"],
    "type": ["summary", "chapter", "highlight"],
    "addons": [["thumbnail"]],
    "proof": ["d41d8cd98f00b204e9800998ecf8427e"],
    # Times, addresses, files.
    "created_at": ["2025-08-16T16:53:59Z"],
    "updated_at": ["2025-08-16T16:55:59Z"],
    "started_at": ["2025-08-16T16:53:59Z"],
    "ended_at": ["2025-08-17T16:53:59Z"],
    "audio_url": [AUDIO_URL],
    "image_url": [IMAGE_URL],
    "query_media_url": ["https://media.example.com/q.jpg"],
    "query_media_urls": [["https://media.example.com/q.jpg"], ["https://media.example.com/q.jpg", IMAGE_URL]],
    "redirect_uri": ["https://app.example.com/callback"],
    "url": [VIDEO_URL],
    "video_url": [VIDEO_URL],
    "video_urls": [[VIDEO_URL], [VIDEO_URL, "https://media.example.com/second.mp4"]],
    "audio_file": [AUDIO_FILE],
    "file": [VIDEO_FILE],
    "image_file": [IMAGE_FILE],
    "query_media_file": [IMAGE_FILE],
    "query_media_files": [[IMAGE_FILE], [IMAGE_FILE, ("q.jpg", b"JPG", "image/jpeg")]],
    "video_file": [VIDEO_FILE],
    "video_files": [[VIDEO_FILE], [VIDEO_FILE, ("second.mp4", b"\x00\x00\x00\x18ftypisom", "video/mp4")]],
    "file_path": [Path("clip.mp4")],
    "base_64_string": [BASE64],
    # Numbers.
    "adjust_confidence_level": [0.0, 0.5, 1.0],
    "audio_start_offset_sec": [0, 1.5],
    "chunk_index": [1],
    "chunk_size": [5242880],
    "count": [1, 50],
    "duration": [531.998133],
    "duration_sec": [2, 10],
    "embedding_dimension": [128, 256, 512],
    "end_sec": [20.5],
    "end_time": [30.0],
    "fps": [29.97],
    "height": [360],
    "max_segment_duration": [10.0],
    "max_sentences": [5],
    "max_tokens": [2048],
    "min_duration_sec": [4, 5],
    "min_segment_duration": [2.0],
    "overlap_sentences": [0, 4],
    "page": [1, 2],
    "page_limit": [1, 50],
    "page_size": [1, 50],
    "size": [1048576],
    "start": [1],
    "start_sec": [0, 4.5],
    "start_time": [0, 4.5],
    "temperature": [0, 0.2, 1],
    "total_size": [1, 209715200],
    "video_clip_length": [2, 10],
    "video_end_offset_sec": [12.0],
    "video_start_offset_sec": [0],
    "width": [640],
    # Objects without a type of their own.
    "json_schema": [JSON_SCHEMA],
    "properties": [{"title": {"type": "string", "description": "What the video is about."}}],
    "schema_": [JSON_SCHEMA],
    "metadata": [{"category": "recentlyAdded"}, PLAIN_METADATA, {**PLAIN_METADATA, "tags": ["derby", "cup"]}],
    "entity_collections.entities.create.metadata": [PLAIN_METADATA],
    "entity_collections.entities.update.metadata": [PLAIN_METADATA],
    "EntitiesCreateBulkRequestEntitiesItem.metadata": [PLAIN_METADATA],
    "filter": [json.dumps({"id": [ID], "duration": {"gte": 600}, "category": "a", "needsReview": True})],
    "videos": [
        [{"video_url": VIDEO_URL}],
        [{"video_file": VIDEO_FILE}],
        [{"video_url": VIDEO_URL, "video_clip_length": 6, "video_embedding_scope": ["clip", "video"]}],
        [{"video_url": VIDEO_URL, "video_start_offset_sec": 0, "video_end_offset_sec": 12}],
    ],
    "user_metadata": [
        PLAIN_METADATA,
        {**PLAIN_METADATA, "tags": ["derby", "cup"]},
        json.dumps(PLAIN_METADATA),
        json.dumps({**PLAIN_METADATA, "tags": ["derby", "cup"]}),
    ],
    # A filter by metadata travels as parameters of its own, so there are no lists in it.
    "indexes.videos.list.user_metadata": [{"category": "recentlyAdded"}, {"rating": 9.5}, {"needsReview": True}],
    "indexes.indexed_assets.list.user_metadata": [
        {"category": "recentlyAdded"},
        {"rating": 9.5},
        {"needsReview": True},
    ],
    # What stays in the SDK.
    "batch_size": [1],
    "max_retries": [1],
    "max_wait_time": [60.0],
    "max_workers": [1],
    "retry_delay": [0.0],
    "sleep_interval": [5.0],
}
"""Values by name, or by the name of what has it (`Model.field`, `method.argument`) and its own."""

_Fields = dict[str, Any]
_RANGES = [{"gte": 5}, {"lte": 9}, {"gte": 5, "lte": 9}]
_SOURCES = [{"url": IMAGE_URL}, {"asset_id": ID}, {"base_64_string": BASE64}]
_FUSED: _Fields = {"embedding_option": ["visual", "audio"], "embedding_type": ["fused_embedding"]}
_METADATA = {"time_based_metadata": [{"start": 0, "end": 4.5, "text": "Kick-off."}]}
_PDF: _Fields = {"media_source": {"url": "https://media.example.com/rules.pdf"}}
_TEXT: _Fields = {"media_source": {"url": "https://media.example.com/rules.md"}}
_LOCAL_TEXT = {**_TEXT, "embedding_option": ["text"], "embedding_scope": ["local"]}
_SENTENCES = {"strategy": "sentence", "max_sentences": 5}


def _fields(*variations: _Fields) -> tuple[_Fields, ...]:
    """Return the variations as they are: a tuple would have the type of each."""
    return variations


MODELS: dict[str, list[_Fields]] = {
    "MediaSource": _SOURCES,
    "SmeMediaSource": [{"name": "badge", "media_type": "image", **source} for source in _SOURCES],
    "AnalyzeImageInput": [{"name": "frame_1", **source} for source in _SOURCES],
    "AnalyzePromptV2": [
        {"input_text": "Who wears the badge?"},
        {
            "input_text": "Who wears <@badge>?",
            "media_sources": [{"name": "badge", "media_type": "image", "url": IMAGE_URL}],
        },
    ],
    "VideosListRequestDuration": _RANGES,
    "VideosListRequestFps": _RANGES,
    "VideosListRequestWidth": _RANGES,
    "VideosListRequestHeight": _RANGES,
    "VideosListRequestSize": _RANGES,
    "IndexedAssetsListRequestDuration": _RANGES,
    "IndexedAssetsListRequestFps": _RANGES,
    "IndexedAssetsListRequestWidth": _RANGES,
    "IndexedAssetsListRequestHeight": _RANGES,
    "IndexedAssetsListRequestSize": _RANGES,
    "ResponseFormat": [{"type": "json_schema", "json_schema": JSON_SCHEMA}],
    "SegmentDefinition": [
        SEGMENTS,
        *(
            {**SEGMENTS, "fields": [field]}
            for field in (
                {"name": "scorer", "type": "string", "description": "Who scored."},
                {"name": "side", "type": "string", "description": "Which side.", "enum": ["left", "right"]},
                {"name": "penalty", "type": "boolean", "description": "Whether it was a penalty."},
                {"name": "distance", "type": "number", "description": "How far away, in metres."},
                {"name": "minute", "type": "integer", "description": "The minute of the match."},
                {"name": "players", "type": "array", "description": "Who was near.", "items": {"type": "string"}},
                {"name": "shot", "type": "timestamp", "description": "When it was shot.", "format": "seconds"},
                {"name": "shot", "type": "timestamp", "description": "When it was shot.", "format": "hh:mm:ss"},
                {"name": "shot", "type": "timestamp", "description": "When it was shot.", "format": "hh:mm:ss.fff"},
            )
        ),
        {**SEGMENTS, "media_sources": [{"name": "badge", "media_type": "image", "url": IMAGE_URL}]},
        {**SEGMENTS, "time_ranges": [{"start_time": 0, "end_time": 30.5}]},
    ],
    "AsyncResponseFormat": [
        {"type": "json_schema", "json_schema": JSON_SCHEMA},
        {"type": "segment_definitions", "segment_definitions": [SEGMENTS]},
        *(
            {"type": "segment_definitions", "segment_definitions": [SEGMENTS], "segment_time_format": form}
            for form in ("seconds", "hh:mm:ss", "hh:mm:ss.fff")
        ),
    ],
    "IndexesCreateRequestModelsItem": [
        {"model_name": name, "model_options": options}
        for name in ("marengo3.0", "marengo2.7", "pegasus1.2")
        for options in (["visual", "audio"], ["visual"], ["audio"])
    ],
    "MultiInputRequest": [
        {
            "input_text": "A keeper in <@kit>.",
            "media_sources": [{"name": "kit", "media_type": "image", "url": IMAGE_URL}],
        },
        {"media_sources": [{"name": "kit", "media_type": "image", "asset_id": ID}]},
        {"media_sources": [{"name": "kit", "media_type": "image", "base_64_string": BASE64}]},
        {"media_sources": [{"media_type": "image", "url": IMAGE_URL}]},
        {"media_sources": [{"media_type": "video", "url": VIDEO_URL}]},
        {"media_sources": [{"media_type": "audio", "url": AUDIO_URL}]},
        {"media_sources": [{"media_type": "document", "url": "https://media.example.com/rules.pdf"}]},
        {"input_text": "A keeper saves a shot."},
    ],
    "AsyncVideoInputRequest": [
        {"media_source": {"url": VIDEO_URL}, **more}
        for more in _fields(
            {},
            {"start_sec": 0},
            {"start_sec": 4.5, "end_sec": 20.5},
            {"segmentation": {"strategy": "dynamic", "dynamic": {"min_duration_sec": 4}}},
            {"segmentation": {"strategy": "fixed", "fixed": {"duration_sec": 2}}},
            {"segmentation": {"temporal": {"strategy": "dynamic", "dynamic": {"min_duration_sec": 2}}}},
            {"segmentation": {"temporal": {"strategy": "fixed", "fixed": {"duration_sec": 10}}}},
            *({"embedding_option": [option]} for option in ("visual", "audio", "transcription")),
            *({"embedding_scope": scope} for scope in (["clip"], ["local"], ["asset"], ["clip", "asset"])),
            {**_FUSED, "embedding_type": ["separate_embedding"]},
            _FUSED,
            {**_FUSED, "embedding_type": ["separate_embedding", "fused_embedding"]},
            {**_FUSED, **_METADATA},
        )
    ]
    + [{"media_source": {"asset_id": ID}}, {"media_source": {"base_64_string": BASE64}}],
    "AsyncAudioInputRequest": [
        {"media_source": {"url": AUDIO_URL}, **more}
        for more in _fields(
            {},
            {"start_sec": 0},
            {"start_sec": 4.5, "end_sec": 20.5},
            {"segmentation": {"strategy": "fixed", "fixed": {"duration_sec": 6}}},
            {"segmentation": {"temporal": {"strategy": "dynamic", "dynamic": {"min_duration_sec": 2}}}},
            {"segmentation": {"temporal": {"strategy": "fixed", "fixed": {"duration_sec": 10}}}},
            *({"embedding_option": [option]} for option in ("audio", "transcription")),
            *({"embedding_scope": scope} for scope in (["clip"], ["local"], ["asset"], ["clip", "asset"])),
            {"embedding_option": ["audio", "transcription"], "embedding_type": ["separate_embedding"]},
            {"embedding_option": ["audio", "transcription"], "embedding_type": ["fused_embedding"]},
        )
    ],
    # The same fields, before and beside the tasks of Marengo 3.5.
    "VideoInputRequest": [
        {"media_source": {"url": VIDEO_URL}, **more}
        for more in _fields(
            {},
            {"start_sec": 0},
            {"start_sec": 4.5, "end_sec": 20.5},
            {"segmentation": {"strategy": "dynamic", "dynamic": {"min_duration_sec": 4}}},
            {"segmentation": {"strategy": "fixed", "fixed": {"duration_sec": 2}}},
            *({"embedding_option": [option]} for option in ("visual", "audio", "transcription")),
            *({"embedding_scope": scope} for scope in (["clip"], ["asset"], ["clip", "asset"])),
            {**_FUSED, "embedding_type": ["separate_embedding"]},
            _FUSED,
        )
    ]
    + [{"media_source": {"asset_id": ID}}, {"media_source": {"base_64_string": BASE64}}],
    "AudioInputRequest": [
        {"media_source": {"url": AUDIO_URL}, **more}
        for more in _fields(
            {},
            {"start_sec": 0},
            {"start_sec": 4.5, "end_sec": 20.5},
            {"segmentation": {"strategy": "fixed", "fixed": {"duration_sec": 6}}},
            *({"embedding_option": [option]} for option in ("audio", "transcription")),
            *({"embedding_scope": scope} for scope in (["clip"], ["asset"], ["clip", "asset"])),
            {"embedding_option": ["audio", "transcription"], "embedding_type": ["separate_embedding"]},
            {"embedding_option": ["audio", "transcription"], "embedding_type": ["fused_embedding"]},
        )
    ],
    "AsyncDocumentInputRequest": [
        _PDF,
        {**_PDF, "segmentation": {"spatial": {"strategy": "standard"}}},
        {**_PDF, "segmentation": {"spatial": {"strategy": "quadrants"}}},
        {**_PDF, "embedding_option": ["visual"], "embedding_scope": ["local", "asset"]},
        {**_PDF, "embedding_option": ["text"], "embedding_scope": ["asset"]},
        {**_PDF, "embedding_type": ["separate_embedding"]},
        {**_LOCAL_TEXT, "segmentation": {"sequential": _SENTENCES}},
        {**_LOCAL_TEXT, "segmentation": {"sequential": {**_SENTENCES, "overlap_sentences": 4}}},
    ],
    "AsyncImageInputRequest": [
        {"media_source": {"url": IMAGE_URL}, **more}
        for more in _fields(
            {},
            {"embedding_option": ["visual"]},
            {"embedding_type": ["separate_embedding"]},
            {"embedding_scope": ["asset"]},
        )
    ],
    "SearchKnowledgeStoreFilter": [
        {"asset_type": {"eq": "video"}},
        {"asset_type": {"in_": ["video", "image"]}},
        {"item_id": {"eq": ITEM_ID}},
        {"item_id": {"in_": [ITEM_ID]}},
    ],
    "ResponseSelection": [{"kind": "item", "id": ITEM_ID}, {"kind": "collection", "id": COLLECTION_ID}],
}
"""Values of models whose fields go together in a way that no type hint says."""

_NONE = type(None)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One value that an argument may have, and the few words that tell it from the others."""

    label: str
    value: Any


class NoValue(LookupError):
    """There is no value for a name: `VALUES` must learn one."""


def alternatives(hint: Any, name: str, owner: str = "") -> list[Alternative]:
    """Return the values of an argument or field, the plainest first."""
    found = _named(hint, f"{owner}.{name}") or _by_type(hint, name, owner) or _named(hint, name)
    if not found:
        raise NoValue(f"no value is known for {owner}.{name}: {hint}")
    return list({json.dumps(plain(one.value)): one for one in found}.values())


def _named(hint: Any, name: str) -> list[Alternative]:
    return [Alternative(_label(value), value) for value in VALUES.get(name, ()) if fits(hint, value)]


def _by_type(hint: Any, name: str, owner: str) -> list[Alternative]:
    """Return what the type alone says; nothing for text, numbers and open objects, whose names decide."""
    hint = _bare(hint)
    origin = typing.get_origin(hint)
    if hint is bool:
        return [Alternative("true", True), Alternative("false", False)]
    if origin is typing.Literal:
        return [Alternative(str(value), value) for value in typing.get_args(hint)]
    if is_model(hint):
        return list(_instances(hint))
    if _is_union(hint):
        return _of_union(hint, name, owner)
    if _is_list(hint):
        return _of_list(typing.get_args(hint)[0], name, owner)
    return []


def _of_union(hint: Any, name: str, owner: str) -> list[Alternative]:
    members = [member for member in typing.get_args(hint) if member not in (_NONE, Any)]
    if any(member is bytes for member in members):
        return []
    found: list[Alternative] = []
    for member in members:
        found += _by_type(member, name, owner) or _named(member, name)
    return found


def _of_list(item: Any, name: str, owner: str) -> list[Alternative]:
    """Return lists of one item each, and one of several."""
    items = _by_type(item, name, owner) or _named(item, name)
    lists = [Alternative(one.label, [one.value]) for one in items]
    if len(items) > 1 and all(isinstance(one.value, str) for one in items):
        lists.append(Alternative("+".join(one.label for one in items), [one.value for one in items]))
    return lists


def _instances(model: Any) -> Iterator[Alternative]:
    """Yield the values of a model: the required fields alone, then each other value of each field."""
    if model.__name__ in MODELS:
        for value in MODELS[model.__name__]:
            if fits(model, value):
                yield Alternative(_label(value), value)
        return
    hints = fields(model)
    found = {name: alternatives(hint, name, model.__name__) for name, (hint, _) in hints.items()}
    least = {name: found[name][0].value for name, (hint, needed) in hints.items() if needed or _is_tag(hint)}
    yield Alternative(model.__name__, least)
    for name, (_, needed) in hints.items():
        for one in found[name][1:] if needed else found[name]:
            yield Alternative(f"{name}.{one.label}", {**least, name: one.value})


def fields(model: Any) -> dict[str, tuple[Any, bool]]:
    """Return the fields of a model: their type hints, and whether they are required."""
    hints = typing.get_type_hints(model)
    return {name: (hints[name], info.is_required()) for name, info in model.model_fields.items()}


def fits(hint: Any, value: Any) -> bool:
    """Say whether a plain value can be made into what a type hint says."""
    hint = _bare(hint)
    if hint is Any:
        return True
    if _is_union(hint):
        named = [member for member in typing.get_args(hint) if member is not Any]
        known = [member for member in named if member is not _NONE]
        return any(fits(member, value) for member in (known or typing.get_args(hint)))
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        return value in typing.get_args(hint)
    if is_model(hint):
        return isinstance(value, Mapping) and _fits_model(hint, value)
    if _is_list(hint):
        return isinstance(value, list) and all(fits(typing.get_args(hint)[0], item) for item in value)
    if origin is dict:
        return isinstance(value, Mapping) and all(fits(typing.get_args(hint)[1], item) for item in value.values())
    return _fits_plain(origin or hint, value)


def _fits_model(model: Any, value: Mapping[str, Any]) -> bool:
    known = fields(model)
    complete = all(name in value for name, (_, needed) in known.items() if needed)
    return complete and all(name in known and fits(known[name][0], item) for name, item in value.items())


def _fits_plain(hint: Any, value: Any) -> bool:
    if hint in (str, bool):
        return isinstance(value, hint)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is tuple:
        return isinstance(value, tuple)
    if hint is Path:
        return isinstance(value, Path)
    # A class of the SDK that is not a pydantic model: a typed dictionary of its wrapper.
    return isinstance(value, Mapping) and inspect.isclass(hint) and not issubclass(hint, bytes | bytearray | _NONE)


def built(hint: Any, value: Any) -> Any:
    """Make the SDK's models of a plain value."""
    hint = _bare(hint)
    if _is_union(hint):
        for member in typing.get_args(hint):
            if member not in (Any, _NONE) and fits(member, value):
                return built(member, value)
        return value
    if is_model(hint):
        hints = fields(hint)
        return hint(**{name: built(hints[name][0], item) for name, item in value.items()})
    if _is_list(hint) and isinstance(value, list):
        return [built(typing.get_args(hint)[0], item) for item in value]
    return value


def is_model(hint: Any) -> bool:
    """Say whether a type is a pydantic model."""
    return inspect.isclass(hint) and hasattr(hint, "model_fields")


def _is_tag(hint: Any) -> bool:
    """Say whether a field names its model in a union: it has one possible value."""
    return typing.get_origin(hint) is typing.Literal and len(typing.get_args(hint)) == 1


def _bare(hint: Any) -> Any:
    return _bare(typing.get_args(hint)[0]) if typing.get_origin(hint) is typing.Annotated else hint


def _is_union(hint: Any) -> bool:
    return typing.get_origin(hint) in (typing.Union, types.UnionType)


def _is_list(hint: Any) -> bool:
    return typing.get_origin(hint) in (list, collections.abc.Sequence)


def plain(value: Any) -> Any:
    """Bring a value to JSON, to compare and to name it."""
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return f"file {value[0]}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def _label(value: Any) -> str:
    """Name a value in a few words."""
    text = value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False)
    return text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…"


LABEL_LENGTH = 120
