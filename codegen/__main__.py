"""The command line: read the document and write the client packages.

Each edition in `editions.yaml` becomes a package; a document without that list becomes one package. With `--edition`,
any other day becomes a package.

A document with `x-client` was written for this generator: with `--strict` it must follow the house style; otherwise
deviations from it are warnings. Any other document is adopted: missing names are derived, and an operation that cannot
become a method is left out, with a warning.

Exit status: 0 if everything is written or up to date, 1 if `--check` finds a difference, 2 if the document is invalid
or something cannot be read or written. In the last two cases nothing is written.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from codegen import manifest, staging
from codegen.names import installed_by, is_package_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codegen.bundle import Bundle
    from codegen.problems import Problem

DONE, DIFFERENT, WRONG = 0, 1, 2
PACKAGE = "twelvelabs_api"
"""The package of a document that does not list its editions."""
_OURS = re.compile(rb"[\"']?x-client[\"']?\s*:")


class Failed(Exception):
    """Nothing can be generated; the message has the reason."""


class Wanted(NamedTuple):
    """The request; without options, every edition that the document lists."""

    edition: str | None = None
    package: str | None = None
    strict: bool = False
    """Whether the document must follow the house style."""

    @property
    def name(self) -> str:
        """The name of the manifest."""
        return self.package or "editions"


def generate(spec: Path, wanted: Wanted, warnings: list[Problem] | None = None) -> dict[str, dict[str, bytes]]:
    """Return every file of every package; problems that are not fatal are added to `warnings`.

    Raises `Failed`, with all problems of the document.
    """
    # These modules have slow imports, which a run with nothing to do must not wait for.
    from apicontract.openapi.editions import EditionUnknown  # noqa: PLC0415 - for a run with something to do
    from codegen import layout, models  # noqa: PLC0415 - for a run with something to do
    from codegen.problems import DocumentWrong  # noqa: PLC0415 - for a run with something to do

    found: list[Problem] = [] if warnings is None else warnings
    try:
        if wanted.strict or _is_ours(spec):
            return _ours(spec, wanted, found)
        return _adopted(spec, wanted, found)
    except DocumentWrong as wrong:
        count = f"{len(wrong.problems)} problem{'s' * (len(wrong.problems) > 1)}"
        raise Failed("\n".join([*map(str, wrong.problems), f"{count}; nothing was written"])) from None
    except RecursionError:
        raise Failed(f"{spec}: the document is nested too deeply; nothing was written") from None
    except (EditionUnknown, layout.LayoutFailed, models.ModelsUnreadable) as error:
        raise Failed(f"{error}; nothing was written") from error


def _is_ours(spec: Path) -> bool:
    """Return whether a document was written for this generator; a missing one is reported later."""
    from codegen.references import is_file, root_names  # noqa: PLC0415 - for a run with something to do

    names = root_names(spec)
    return not is_file(spec) and (not names or _OURS.search((spec / names[0]).read_bytes()) is not None)


def _ours(spec: Path, wanted: Wanted, warnings: list[Problem]) -> dict[str, dict[str, bytes]]:
    """Return the packages of a document that was written for this generator."""
    from codegen import bundle, editions  # noqa: PLC0415 - for a run with something to do
    from codegen.problems import DocumentWrong  # noqa: PLC0415 - for a run with something to do

    document, unread = bundle.read(spec)
    if document is None:
        raise DocumentWrong(unread)
    problems = [*unread]
    try:
        packages = _packages(document, wanted)
        editions.check(document)
    except DocumentWrong as wrong:  # nothing more is reported about what could not be followed
        problems += [found for found in wrong.problems if not any(known.spoils(found) for known in problems)]
    if unread or (problems and (wanted.strict or editions.listed(document).days[1:])):
        raise DocumentWrong(problems)
    try:
        found = {package: _package(document, day, package) for package, day in packages.items()}
    except DocumentWrong:
        if wanted.strict or not problems:
            raise
        found = _adopted(spec, wanted._replace(package=next(iter(packages))), warnings)
    warnings += sorted(set(problems))
    return found


def _adopted(spec: Path, wanted: Wanted, warnings: list[Problem]) -> dict[str, dict[str, bytes]]:
    """Return the files of the package of a document that is not in house style, by package."""
    from codegen import emit, foreign  # noqa: PLC0415 - for a run with something to do
    from codegen.references import is_file, root_names  # noqa: PLC0415 - for a run with something to do

    path = spec if is_file(spec) else spec / root_names(spec)[0]
    adopted = foreign.adopt(path, path.name if is_file(spec) else f"{spec.name}/{path.name}", wanted.package)
    warnings += adopted.warnings
    package = adopted.api.package
    return {package: _finished(emit.emit(adopted.api, adopted.raw, mark=emit.ADOPTED), package)}


def _packages(document: Bundle, wanted: Wanted) -> dict[str, str]:
    """Return the packages to write, and the day of each."""
    from codegen import editions  # noqa: PLC0415 - for a run with something to do

    known = editions.listed(document)
    if wanted.edition is None and wanted.package is None and known.editions:
        return {edition.package: edition.day for edition in known.editions}
    day = known.resolve(wanted.edition)
    listed = next((edition.package for edition in known.editions if edition.day == day), None)
    package = wanted.package or (listed if known.editions else PACKAGE)
    if package is None:
        raise Failed(f"no package is listed for {day}; name it with --package; nothing was written")
    return {package: day}


def _package(document: Bundle, day: str, package: str) -> dict[str, bytes]:
    """Return the files of one package."""
    from codegen import editions, emit  # noqa: PLC0415 - for a run with something to do
    from codegen.problems import DocumentWrong  # noqa: PLC0415 - for a run with something to do

    if not is_package_name(package):
        raise Failed(
            f"{package!r} cannot be the name of a package; use a plain identifier that is not a module of Python; "
            "nothing was written"
        )
    plain = document.on(day)
    api, view = editions.read(plain, package)
    if api is None:
        raise DocumentWrong(view.problems)
    known = editions.listed(document)
    newest = bool(known.editions) and day == known.newest
    return _finished(emit.emit(api, plain.document, document.document if newest else None), package)


def _finished(files: dict[str, bytes], package: str) -> dict[str, bytes]:
    """Format the files of a package, and pass them through the output guard."""
    from codegen import layout, output_guard  # noqa: PLC0415 - for a run with something to do

    found = layout.lay_out(files)
    if forbidden := output_guard.forbidden(found, package):
        raise Failed("\n".join([*map(str, forbidden), "the generated code was rejected; nothing was written"]))
    return found


def run(arguments: Sequence[str], stdout: TextIO, stderr: TextIO) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description="Generate the client packages.")
    parser.add_argument("--check", action="store_true", help="write nothing; report every file that would change")
    parser.add_argument("--strict", action="store_true", help="reject a document that is not in house style")
    parser.add_argument(
        "--spec", type=Path, default=Path("spec"), help="directory of the document, or its file (default: spec)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("generated"), help="directory for the packages (default: generated)"
    )
    parser.add_argument("--edition", help="a day or the name of an edition (default: all that editions.yaml lists)")
    parser.add_argument("--package", help="name of the package (default: that of the edition)")
    options = parser.parse_args(arguments)
    wanted = Wanted(options.edition, options.package, options.strict)
    warnings: list[Problem] = []
    try:
        return _run(options.spec, options.out, wanted, warnings, check=options.check, stdout=stdout)
    except Failed as failed:
        print(failed, file=stderr)
    except OSError as error:
        print(f"{error}; nothing was written", file=stderr)
    finally:
        for warning in warnings:
            print(f"warning: {warning}", file=stderr)
    return WRONG


def _run(spec: Path, out: Path, wanted: Wanted, warnings: list[Problem], *, check: bool, stdout: TextIO) -> int:
    if wanted.package is not None and not is_package_name(wanted.package):
        raise Failed(
            f"{wanted.package!r} cannot be the name of a package; use a plain identifier that is not a module of Python"
        )
    if wanted.package is not None and (other := installed_by(wanted.package)):
        raise Failed(
            f"{other} has installed a package {wanted.package}, which this one would hide; choose another name"
        )
    if out.exists() and not out.is_dir():
        raise Failed(f"{out} is not a directory; choose another --out")
    if not check:
        staging.recover(out)
    inputs = manifest.inputs(spec, wanted.package or "", wanted.edition or "")
    if manifest.holds(out, wanted.name, inputs):
        print("up to date", file=stdout)
        return DONE
    packages = generate(spec, wanted, warnings)

    from codegen import write  # noqa: PLC0415 - for a run with something to do

    try:
        found = [found for package, files in packages.items() for found in write.differences(out, package, files)]
        if check:
            print("\n".join(map(str, found)) or "up to date", file=stdout)
            return DIFFERENT if found else DONE
        holds = "" if warnings else inputs  # the warnings must be repeated on the next run
        write.write(out, packages, manifest.location(out, wanted.name), manifest.text(holds, packages))
    except write.NotOurs as error:
        raise Failed(f"{error}; nothing was written") from error
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
