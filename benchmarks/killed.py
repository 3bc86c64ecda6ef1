"""An upload is killed at half and taken up again: what was sent twice, is the file the same, how much memory it took.

    python -m benchmarks.killed 2048          # megabytes

The uploading process is killed by its id (SIGKILL) once half of the parts are acknowledged; from there on the storage
reads no part, so none arrives without anybody knowing. It works where `/proc` tells how much memory a process has.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.part_storage import PART, Service, Talk

MB = 1024 * 1024
PATIENCE = 120
"""Seconds until half of the file must be there."""
UPLOAD = """
import resource, sys
from twelvelabs_api import TwelveLabs
TwelveLabs(api_key="key-0123456789abcdef", base_url=sys.argv[1]).multipart_upload.upload_file(sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def main(megabytes: int) -> int:
    """Print what was found; 1 if anything of it is not as it must be."""
    service = Service()
    service.hashes = True
    ready = threading.Event()
    threading.Thread(target=_serve, args=(service, ready), daemon=True).start()
    ready.wait()
    with TemporaryDirectory(prefix="killed-") as folder:
        path = Path(folder) / "film.mp4"
        wanted = _written(path, megabytes)
        service.most = len(wanted) // 2
        command = [sys.executable, "-c", UPLOAD, f"http://127.0.0.1:{service.port}/v1.3", str(path)]
        first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        state = path.with_name("film.mp4.upload")
        latest = time.perf_counter() + PATIENCE
        while not (service.hangs and len(_arrived(state)) >= service.most):
            if first.poll() is not None:
                raise RuntimeError("the upload ended before it was killed")
            if time.perf_counter() > latest:
                first.kill()
                counts = f"{service.parts} parts came, {len(service.digests)} different ones"
                raise RuntimeError(f"half is not known after {PATIENCE} s: {counts}, {len(_arrived(state))} known")
            time.sleep(0.02)
        peaks = [_peak(first.pid)]
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        service.most = None
        begun = time.perf_counter()
        second = subprocess.run(command, capture_output=True, text=True, check=True)
        taken = time.perf_counter() - begun
        peaks.append(int(second.stdout))
        left = sorted(one.name for one in path.parent.iterdir())
    twice = [number for number, found in service.digests.items() if len(found) > 1]
    same = [service.digests[number + 1][-1] for number in range(len(wanted))] == wanted
    print(f"{megabytes:,} MB in {len(wanted)} parts, killed after {len(wanted) // 2}")
    print(f"taken up in {taken:.1f} s; parts sent twice: {twice or 'none'}; reported: {service.reported}")
    print(f"SHA-256 of every part as in the file: {same}; left beside it: {left[1:] or 'nothing'}")
    print(f"most memory of either process: {max(peaks)} MB")
    return int(bool(twice) or not same or service.reported != len(wanted) or max(peaks) >= 80 or left != ["film.mp4"])


def _serve(service: Service, ready: threading.Event) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: Talk(service), "127.0.0.1", 0)
        service.port = server.sockets[0].getsockname()[1]
        ready.set()
        await asyncio.Event().wait()

    asyncio.run(serve())


def _written(path: Path, megabytes: int) -> list[str]:
    """Write a file, and return the SHA-256 of each of its parts."""
    digests: list[str] = []
    with path.open("wb") as file:
        for start in range(0, megabytes * MB, PART):
            part = b"".join(
                number.to_bytes(8, "big") * (MB // 8) for number in range(start // MB, (start + PART) // MB)
            )
            digests.append(hashlib.sha256(part[: megabytes * MB - start]).hexdigest())
            file.write(part[: megabytes * MB - start])
    return digests


def _arrived(state: Path) -> list[str]:
    try:
        return list(json.loads(state.read_text())["arrived"])
    except FileNotFoundError:
        return []


def _peak(pid: int) -> int:
    """Return the most memory that a process had, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) // 1024


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2048))
