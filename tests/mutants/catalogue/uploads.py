"""Faults in uploads: what is read of a file, under which name, and whether it is closed."""

from __future__ import annotations

from tests.mutants.fault import faults_in

_uploads = faults_in("client/_uploads.py", "tests/client/test_uploads.py", "tests/client/test_survivors.py")

_PATH = 'file = open(path, "rb")'

FAULTS = (
    _uploads(
        "a path is sent as its text",
        "if isinstance(content, str | os.PathLike):",
        (
            "if isinstance(content, str):\n"
            "        return content.encode(), UNNAMED\n"
            "    if isinstance(content, os.PathLike):"
        ),
    ),
    _uploads(
        "a file is read whole",
        "self._file.read(CHUNK if left is None else min(CHUNK, left))",
        "self._file.read(-1 if left is None else left)",
    ),
    _uploads("a file is sent from its beginning", "self._file.seek(self._start)", "self._file.seek(0)"),
    _uploads(
        "retry without body",
        "if self._start is not None:\n            self._file.seek(self._start)\n        elif",
        "if self._start is not None:\n            self._file.tell()\n        elif",
    ),
    _uploads(
        "a pipe is read twice",
        "elif self._begun:\n            raise",
        "elif not self._begun and self._begun:\n            raise",
    ),
    _uploads(
        "a pipe that was read can be repeated", "return self._start is not None or not self._begun", "return True"
    ),
    _uploads(
        "a pipe that was not read cannot be repeated",
        "return self._start is not None or not self._begun",
        "return self._start is not None",
    ),
    _uploads("a growing file is sent to its end", "CHUNK if left is None else min(CHUNK, left)", "CHUNK"),
    _uploads("the length is that of the whole file", "return max(0, end - start)", "return max(0, end)"),
    _uploads("measuring moves the file to its end", "file.seek(start)\n    return max", "return max"),
    _uploads("a caller's file is closed", "if self._ours:\n            self._file.close()", "self._file.close()"),
    _uploads(
        "our own file stays open",
        "if self._ours:\n            self._file.close()",
        "if not self._ours and self._ours:\n            self._file.close()",
    ),
    _uploads("a file in text mode passes", "if not isinstance(nothing, bytes):", "if nothing is None:"),
    _uploads("a closed file is a crash", "except (TypeError, ValueError) as error:", "except TypeError as error:"),
    _uploads(
        "text in a tuple is a path",
        "if isinstance(content, str):\n            raise",
        "if isinstance(content, int):\n            raise",
    ),
    _uploads("the name of a tuple does not count", "name = name or own_name", "name = own_name"),
    _uploads(
        "content without a name has none",
        "name = name or own_name",
        "name = name or None".replace("None", 'own_name.replace(UNNAMED, "")'),
    ),
    _uploads("the type of a tuple does not count", "content_type=kind or _guess(name)", "content_type=_guess(name)"),
    _uploads("no type is guessed", "return UNTYPED if kind is None or coding is not None else kind", "return UNTYPED"),
    _uploads("a packed file has the type of what is in it", "kind is None or coding is not None", "kind is None"),
    _uploads("a path is sent as a file's name", "os.fsencode(os.path.basename(path))", "os.fsencode(path)"),
    _uploads(
        "the machine's own types count",
        "return mimetypes.MimeTypes()",
        "return mimetypes.MimeTypes(tuple(mimetypes.knownfiles))",
    ),
    _uploads(
        "a bytearray is no content",
        "if isinstance(content, bytes | bytearray | memoryview):",
        "if isinstance(content, bytes):",
    ),
    _uploads(
        "a file that cannot be read by size is a crash",
        "except (TypeError, ValueError) as error:",
        "except ValueError as error:",
    ),
    _uploads("an asynchronous file is in text mode", "if isinstance(nothing, Coroutine):", "if nothing is None:"),
    _uploads(
        "a path with a null character is a crash",
        "except ValueError:\n            raise UploadRefused",
        "except ZeroDivisionError:\n            raise UploadRefused",
    ),
    _uploads(
        "a file that is shorter is filled up by nobody",
        "if left:\n            raise OSError",
        "if not self:\n            raise OSError",
    ),
    _uploads("a file that is not ready is at its end", "if chunk is None:", "if chunk is self:"),
    _uploads("a file at its end is sent", "if self._start and self.length == 0:", "if self is file:"),
    _uploads("an empty file is refused", "if self._start and self.length == 0:", "if self.length == 0:"),
)
