"""The calls of each method: with its required arguments only, and with each value of each other argument.

A call that breaks a rule between arguments would prove nothing about the SDK, so `_RULES` completes each call as a
reader of the documentation would: a search gets a query, and a time window a model that supports it. A rule sees plain
values (values.py).
"""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.witnesses.values import (
    ID,
    IMAGE_URL,
    JSON_SCHEMA,
    SEGMENTS,
    VIDEO_FILE,
    VIDEO_URL,
    Alternative,
    alternatives,
    built,
    fits,
    plain,
)

Arguments = dict[str, Any]

NOT_SENT = frozenset({"request_options", "callback", "progress_callback"})
"""Arguments that change nothing of what is sent."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the argument that it is about (none: the required ones alone), and all that it is given."""

    given: str
    positional: tuple[Any, ...]
    named: Arguments
    values: Arguments
    """The arguments as plain values, before the SDK's models are made of them."""


@dataclass(frozen=True, slots=True)
class Method:
    """What the rules know of a method: its name, its arguments' type hints, and the release."""

    name: str
    hints: Mapping[str, Any]
    release: tuple[int, ...]

    def takes(self, name: str, value: Any = None) -> bool:
        """Say whether the method has an argument, and whether it may have this value."""
        return name in self.hints and (value is None or fits(self.hints[name], value))


def calls(name: str, function: Callable[..., Any], release: tuple[int, ...]) -> Iterator[Call]:
    """Yield the calls of a method of an SDK's client."""
    parameters = {
        key: parameter for key, parameter in inspect.signature(function).parameters.items() if key not in NOT_SENT
    }
    hints = typing.get_type_hints(function)
    method = Method(name, {key: hints[key] for key in parameters}, release)
    found = {key: _of_its_day(method, alternatives(hints[key], key, name)) for key in parameters}
    needed = [key for key, parameter in parameters.items() if parameter.default is parameter.empty]
    least = {key: found[key][0].value for key in needed}
    yield _call(method, parameters, "", "", least)
    for key in parameters:
        for one in found[key][1:] if key in needed else found[key]:
            yield _call(method, parameters, key, one.label, {**least, key: one.value})


def _of_its_day(method: Method, found: list[Alternative]) -> list[Alternative]:
    """Leave out what the API did not know yet, or no longer, when the release came out."""
    lasting = [one for one in found if not any(word in json.dumps(plain(one.value)) for word in _gone(method.release))]
    return lasting or found


def _gone(release: tuple[int, ...]) -> Iterator[str]:
    if release < (1, 1):
        yield "marengo3.0"
    if release >= (1, 2, 2):
        yield "arengo-retrieval-2.7"
        yield "marengo2.7"
    if release >= (1, 3, 2):
        yield "pegasus1.2"
    if release < (1, 3, 5):
        # Lists in metadata; the text of documents, and whole documents.
        yield from ("tags", "rules.md", '"embedding_option": ["text"]', '"local", "asset"]')


def _call(
    method: Method, parameters: Mapping[str, inspect.Parameter], given: str, label: str, arguments: Arguments
) -> Call:
    rule = _RULES.get(method.name)
    completed = dict(arguments)
    if rule:
        rule(method, given, completed)
    made = {key: built(method.hints[key], value) for key, value in completed.items()}
    positional = tuple(
        made.pop(key)
        for key, parameter in parameters.items()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and key in made
    )
    return Call(f"{given}={label}" if given else "", positional, made, completed)


VIDEO = {"type": "url", "url": VIDEO_URL}
SEGMENT_FORMAT = {"type": "segment_definitions", "segment_definitions": [SEGMENTS]}


def _analyze(method: Method, given: str, arguments: Arguments) -> None:
    """Give one source and one prompt; what Pegasus 1.2 does not know asks for a newer model."""
    if given == "image":
        arguments |= {"prompt": "What is to be seen?", "model_name": "pegasus1.6"}
        return
    if "video" not in arguments and "video_id" not in arguments:
        of_index = given == "model_name" and arguments["model_name"] == "pegasus1.2" and method.takes("video_id")
        arguments |= {"video_id": ID} if of_index or not method.takes("video") else {"video": VIDEO}
    if given == "prompt_v_2":
        arguments.pop("prompt", None)
    else:
        arguments.setdefault("prompt", "Who is on the pitch?")
    if given in ("video", "prompt_v_2", "start_time", "end_time") and method.takes("model_name", "pegasus1.5"):
        arguments.setdefault("model_name", "pegasus1.5")


def _analyze_task(method: Method, given: str, arguments: Arguments) -> None:
    """As `_analyze`; and what is said of segments asks for the mode that makes them, which takes no prompt."""
    _analyze(method, given, arguments)
    unlimited = arguments.get("max_tokens") == "unlimited"
    segments = (
        given in ("min_segment_duration", "max_segment_duration")
        or arguments.get("analysis_mode") == "time_based_metadata"
        or arguments.get("response_format", {}).get("type") == "segment_definitions"
        or unlimited
        # SDK 1.2.3: Pegasus 1.5 was for segments alone, Pegasus 1.2 for prompts alone.
        or (arguments.get("model_name") == "pegasus1.5" and not method.takes("prompt_v_2"))
    )
    if segments and method.takes("analysis_mode"):
        arguments.pop("prompt", None)
        arguments.setdefault("response_format", SEGMENT_FORMAT)
        arguments["analysis_mode"] = "time_based_metadata"
        arguments["model_name"] = "pegasus1.6" if unlimited else "pegasus1.5"


def _analyze_batch(_: Method, given: str, arguments: Arguments) -> None:
    """Give each item what its mode asks for: a prompt, or the definitions of its segments."""
    everything = json.dumps([plain(arguments["requests"]), plain(arguments.get("defaults", {}))])
    if "segment" in everything or arguments["analysis_mode"] == "time_based_metadata":
        arguments["analysis_mode"] = "time_based_metadata"
        needed = {"response_format": SEGMENT_FORMAT}
        unwanted = "prompt"
    else:
        needed = {"prompt": {"input_text": "Who is on the pitch?"}}
        unwanted = ""
    defaults = {key: value for key, value in arguments.get("defaults", {}).items() if key != unwanted}
    if defaults or given == "defaults":
        arguments["defaults"] = defaults
    missing = {} if needed.keys() & defaults.keys() else needed
    arguments["requests"] = [
        {**missing, **{key: value for key, value in item.items() if key != unwanted}} for item in arguments["requests"]
    ]


def _search(method: Method, given: str, arguments: Arguments) -> None:
    """Give a query, the type of a query that is no text, and what the option at hand applies to."""
    media = ("query_media_url", "query_media_file", "query_media_urls", "query_media_files")
    if given == "query_media_type":
        arguments["query_media_url"] = IMAGE_URL
    elif given in media:
        arguments["query_media_type"] = "image"
    else:
        arguments.setdefault("query_text", "a dog à Paris")
    if given == "transcription_options":
        arguments["search_options"] = ["transcription"]
    if given == "operator":
        arguments["search_options"] = ["visual", "audio"]
    if arguments.get("sort_option") == "clip_count" and method.takes("group_by"):
        arguments["group_by"] = "video"


def _video(_: Method, given: str, arguments: Arguments) -> None:
    if given != "video_file":
        arguments.setdefault("video_url", VIDEO_URL)


def _videos(_: Method, given: str, arguments: Arguments) -> None:
    if given != "video_files":
        arguments.setdefault("video_urls", [VIDEO_URL])


def _embed(_: Method, given: str, arguments: Arguments) -> None:
    if given == "audio_start_offset_sec":
        arguments["audio_url"] = "https://media.example.com/voice.wav"
    elif not given.startswith(("image_", "audio_")):
        arguments.setdefault("text", "a red car")


def _embed_task(method: Method, given: str, arguments: Arguments) -> None:
    """Give a video, and both ends of a window or none."""
    _video(method, given, arguments)
    if given in ("video_start_offset_sec", "video_end_offset_sec"):
        arguments.setdefault("video_start_offset_sec", 0)
        arguments.setdefault("video_end_offset_sec", 12.0)


_BEFORE_35 = {
    "text": {"input_text": "a red car"},
    "image": {"media_source": {"url": IMAGE_URL}},
    "text_image": {"media_source": {"url": IMAGE_URL}, "input_text": "a red car"},
    "audio": {"media_source": {"url": "https://media.example.com/voice.wav"}},
    "video": {"media_source": {"url": VIDEO_URL}},
    "multi_input": {"media_sources": [{"name": "kit", "media_type": "image", "url": IMAGE_URL}]},
    "document": {"media_source": {"url": "https://media.example.com/rules.pdf"}},
}


def _embed_v2(method: Method, given: str, arguments: Arguments) -> None:
    """Give the object that is named as the type of the input, and the model that takes it."""
    newer = given in ("auto_truncate", "embedding_uncertainty", "embedding_dimension")
    if given in _BEFORE_35:
        arguments["input_type"] = given
    elif newer or arguments["model_name"] == "marengo3.5":
        arguments |= {"input_type": "multi_input", "multi_input": {"input_text": "a red car"}}
    else:
        arguments[arguments["input_type"]] = _BEFORE_35[arguments["input_type"]]
    sources = arguments.get("multi_input", {}).get("media_sources")
    only_images = bool(sources) and all(source["media_type"] == "image" for source in sources)
    newest = newer or (arguments["input_type"] == "multi_input" and not only_images) or given == "model_name"
    if given != "model_name":
        arguments["model_name"] = "marengo3.5" if newest and method.takes("model_name", "marengo3.5") else "marengo3.0"


def _embed_v2_task(method: Method, given: str, arguments: Arguments) -> None:
    """As `_embed_v2`; images, documents, and segments in time ask for Marengo 3.5."""
    newer = given in ("embedding_uncertainty", "embedding_dimension") or arguments["model_name"] == "marengo3.5"
    if given in _BEFORE_35:
        arguments["input_type"] = given
    elif newer:
        arguments |= {"input_type": "image", "image": _BEFORE_35["image"]}
    else:
        arguments[arguments["input_type"]] = _BEFORE_35[arguments["input_type"]]
    text = json.dumps(plain(arguments[arguments["input_type"]]))
    newest = (
        newer
        or arguments["input_type"] in ("image", "document")
        or any(word in text for word in ("temporal", '"local"', "time_based_metadata"))
    )
    arguments["model_name"] = "marengo3.5" if newest and method.takes("model_name", "marengo3.5") else "marengo3.0"


def _asset(_: Method, given: str, arguments: Arguments) -> None:
    """Give the file for the method `direct`, and the address for `url`."""
    if given == "file" or (given != "url" and arguments["method"] == "direct" and given in ("", "method", "filename")):
        arguments |= {"method": "direct", "file": arguments.get("file", VIDEO_FILE)}
    else:
        arguments |= {"method": "url", "url": arguments.get("url", VIDEO_URL)}


def _upload(method: Method, given: str, arguments: Arguments) -> None:
    """Give a size that is one of a video: images are smaller."""
    if given == "total_size" and method.takes("type"):
        arguments["type"] = "video"


def _summarize(_: Method, given: str, arguments: Arguments) -> None:
    if given == "response_format":
        arguments["response_format"] = {"type": "json_schema", "json_schema": JSON_SCHEMA}
        arguments["type"] = "summary"


_RULES: dict[str, Callable[[Method, str, Arguments], None]] = {
    "analyze": _analyze,
    "analyze_stream": _analyze,
    "analyze_async.batches.create": _analyze_batch,
    "analyze_async.tasks.create": _analyze_task,
    "assets.create": _asset,
    "embed.create": _embed,
    "embed.tasks.create": _embed_task,
    "embed.v_2.create": _embed_v2,
    "embed.v_2.tasks.create": _embed_v2_task,
    "multipart_upload.create": _upload,
    "search.create": _search,
    "search.query": _search,
    "summarize": _summarize,
    "tasks.create": _video,
    "tasks.create_bulk": _videos,
}
