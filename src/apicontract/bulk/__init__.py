"""Very many payloads: Arrow batches, files on any storage, and a cluster of machines; the extra `bulk`.

`check_batch` is what Spark's `mapInArrow` and Ray's `map_batches` can call. The command line does the rest: files by
fsspec's paths, Parquet, and Dask.
"""

from __future__ import annotations

from apicontract.lazy import missing_extra

try:
    from apicontract.bulk.batch import FINDINGS, check_batch
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(missing_extra("apicontract.bulk", str(error.name), "bulk"), name=error.name) from error

__all__ = ["FINDINGS", "check_batch"]
