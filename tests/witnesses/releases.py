"""The recorded releases of the vendor's SDKs: their days, and the hashes of the installed packages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Release:
    """A release of an SDK, the day it came out, and the SHA-256 of its wheel or tarball."""

    name: str
    day: date
    sha256: str

    @property
    def version(self) -> str:
        """The version alone: `1.3.6` of `python-1.3.6`."""
        return self.name.partition("-")[2]

    @property
    def number(self) -> tuple[int, ...]:
        """The version as numbers, to compare."""
        return tuple(map(int, self.version.split(".")))


RELEASES: dict[str, Release] = {
    name: Release(name, date.fromisoformat(day), sha256)
    for name, day, sha256 in (
        ("python-1.0.0", "2025-08-05", "58e379562de3d79179ce583549190be3d1974a96f86ce53a86a31733055f5c12"),
        ("python-1.0.1", "2025-08-28", "43e533c93ecdd15b11585fb7e677b965417364aad88abee2e24d804ce2bfb860"),
        ("python-1.0.2", "2025-09-17", "f6e22265224c2d70a415f25869bec14020e20dc50276bd03a6cc1db5155ef6bd"),
        ("python-1.1.0", "2025-11-18", "01074eb18f8035d3cb860ecb50080220c9b9f42b1cc5114f027e6b8e3589b78a"),
        ("python-1.2.0", "2026-02-12", "122daf6ba745a557910bbf4977155ac7494c30301d08aaa0ba6c0d98550b5257"),
        ("python-1.2.1", "2026-03-11", "f8ac188e10d7db1342af627989e207f8cbe5c8004bc8c08490bedcd5d1505ed0"),
        ("python-1.2.2", "2026-04-02", "80652864677f1bdc47356926628e7fcad4222f517e9c38e94d4f737fb138b868"),
        ("python-1.2.3", "2026-04-20", "cda72f8c535a0108b80e49b0c204fb7c67cc5cb6b68f8d0526ef6b7f7a6f9812"),
        ("python-1.2.4", "2026-05-07", "e3953786b7f746bac27ad3860c7c987674d08c172561300376845bcd4d820a45"),
        ("python-1.2.5", "2026-05-30", "7cd746d67572ff04150f6b89fe8d676c0132b7d7fae243f85e60b3191dfe4ba4"),
        ("python-1.2.6", "2026-06-04", "369a3eecb4465697927d3c702fa7202bbd6c2af298ba0b77bf5f8921ec23d958"),
        ("python-1.2.7", "2026-06-08", "ac114b06ba6a98f8cb3eda59e0df509a8e51f65bb67e0c1b981bb12442f6d8a6"),
        ("python-1.2.8", "2026-06-18", "c0487dd892b03728ac2afe3e4ebd4ea5e30ff404b61896667eb5a39264db282b"),
        ("python-1.2.9", "2026-07-07", "bd3efc9d5d3f1cc03afb65998cfb214b0a8705bac37a5720f30fd1043b4bf89b"),
        ("python-1.3.0", "2026-07-21", "3575fb05f0595d879e1ce79c0b953ab6cd824471bc888469ecd506a0f711ff2c"),
        ("python-1.3.1", "2026-07-23", "b51195d384a0df6ab5f8094404c1669df41d9deb65dc7a057959d49b1f3e13b6"),
        ("python-1.3.2", "2026-08-19", "da7d6a4a1800dab285f0afc555867540aa80461b89b2b53708e114dc30d2e9ea"),
        ("python-1.3.3", "2026-08-19", "ba19b67a3058df2efb15ebcbb8581b1128e41bc9906e0bef39bd3723ef572549"),
        ("python-1.3.4", "2026-09-01", "3c3cc29ed6810336703ddaeabd761f83682e35b9c2a9b8fbdc802056a8da0399"),
        ("python-1.3.5", "2026-10-01", "50b716aa8d4371cd4131995dd5fcca6a036d306a941bfe4de0caacd8451c5bfa"),
        ("python-1.3.6", "2026-10-06", "38a3cab8678f2c9c0dfedf204b83ae2b3b019d15dfeb732a0fdd722545a57034"),
        ("js-1.3.4", "2026-09-01", "2b52881eb6f75131f52d63b7539e25ff6f56aad4b757ccc0c8244e9721730ffe"),
    )
}
"""Every release, oldest first, the Python SDK before the JavaScript SDK."""
