"""The command line: read the document, write the client package.

Exit status: 0 if everything is written or up to date, 1 if `--check` finds a difference, 2 if the document is wrong or
something cannot be read or written. In the last two cases nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from codegen import manifest
from codegen.names import is_package_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codegen.api import Api
    from codegen.bundle import Bundle

DONE, DIFFERENT, WRONG = 0, 1, 2


class Failed(Exception):
    """Nothing can be generated; the text says why."""


def generate(spec: Path, package: str) -> dict[str, bytes]:
    """Return every file of the package. Raises `Failed`, with all problems of the document."""
    # These import what takes long to import, which a run with nothing to do must not wait for.
    from codegen import emit, layout, models, output_guard  # noqa: PLC0415
    from codegen.problems import DocumentWrong  # noqa: PLC0415

    try:
        bundle, api = resolved(spec, package)
        files = layout.lay_out(emit.emit(api, bundle.document))
    except DocumentWrong as wrong:
        count = f"{len(wrong.problems)} problem{'s' * (len(wrong.problems) > 1)}"
        raise Failed("\n".join([*map(str, wrong.problems), f"{count}; nothing was written"])) from None
    except RecursionError:
        raise Failed(f"{spec}: the document is nested too deeply; nothing was written") from None
    except (layout.LayoutFailed, models.ModelsUnreadable) as error:
        raise Failed(f"{error}; nothing was written") from error
    forbidden = output_guard.forbidden(files, package)
    if forbidden:
        raise Failed("\n".join([*map(str, forbidden), "the generated code was refused; nothing was written"]))
    return files


def resolved(spec: Path, package: str) -> tuple[Bundle, Api]:
    """Read a document and take every decision. Raises `DocumentWrong`, with the problems of all readers together."""
    from codegen import bundle, resolve, rules  # noqa: PLC0415
    from codegen.problems import DocumentWrong  # noqa: PLC0415
    from codegen.view import View  # noqa: PLC0415

    document = bundle.load(spec)
    view = View(document)
    rules.check(view)
    broken = [*view.problems]
    api = resolve.resolve(view, package)
    # The rules report it better, where they report something of the same place.
    places = {(problem.file, problem.line, problem.pointer) for problem in broken}
    unresolved = view.problems[len(broken) :]
    problems = broken + [p for p in unresolved if (p.file, p.line, p.pointer) not in places]
    if problems or api is None:
        raise DocumentWrong(problems)
    return document, api


def run(arguments: Sequence[str], stdout: TextIO, stderr: TextIO) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description="Generate the client package.")
    parser.add_argument("--check", action="store_true", help="write nothing; report every file that would change")
    parser.add_argument("--spec", type=Path, default=Path("spec"), help="directory of the document (default: spec)")
    parser.add_argument(
        "--out", type=Path, default=Path("generated"), help="directory for the package (default: generated)"
    )
    parser.add_argument("--package", default="twelvelabs_api", help="name of the package (default: twelvelabs_api)")
    options = parser.parse_args(arguments)
    try:
        return _run(options.spec, options.out, options.package, check=options.check, stdout=stdout)
    except Failed as failed:
        print(failed, file=stderr)
    except OSError as error:
        print(f"{error}; nothing was written", file=stderr)
    return WRONG


def _run(spec: Path, out: Path, package: str, *, check: bool, stdout: TextIO) -> int:
    if not is_package_name(package):
        raise Failed(f"{package!r} cannot be the name of a package; use a plain identifier, and no module Python knows")
    if out.exists() and not out.is_dir():
        raise Failed(f"{out} is not a directory; choose another --out")
    wanted = manifest.inputs(spec, package)
    if manifest.holds(out, package, wanted):
        print("up to date", file=stdout)
        return DONE
    files = generate(spec, package)

    from codegen import write  # noqa: PLC0415 - for a run with something to do

    try:
        found = write.differences(out, package, files)
    except write.NotOurs as error:
        raise Failed(f"{error}; nothing was written") from error
    if check:
        print("\n".join(map(str, found)) or "up to date", file=stdout)
        return DIFFERENT if found else DONE
    write.write(out, package, files, manifest.text(wanted, files))
    print(_summary(found), file=stdout)
    return DONE


def _summary(found: Sequence[object]) -> str:
    removed = sum(str(difference).startswith("stale") for difference in found)
    written = len(found) - removed
    if not found:
        return "up to date"
    return f"wrote {written} file{'s' * (written != 1)}" + f", removed {removed}" * bool(removed)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], sys.stdout, sys.stderr))
