"""The requests of each release of the vendor's SDKs: recorded by `make witnesses`, replayed offline. See README.md."""

from tests.witnesses.releases import RELEASES, Release
from tests.witnesses.store import Recorded, load

__all__ = ["RELEASES", "Recorded", "Release", "load"]
