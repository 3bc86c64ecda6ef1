"""Check very many payloads: Arrow batches, files on any storage, and a cluster of machines; the extra `bulk`.

`check_batch` can be called by Spark's `mapInArrow` and Ray's `map_batches`. The command line adds files at any path of
fsspec, Parquet, and Dask.
"""

from __future__ import annotations

from apicontract.lazy import missing_extra

try:
    from apicontract.bulk.batch import FINDINGS, check_batch
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(missing_extra("apicontract.bulk", str(error.name), "bulk"), name=error.name) from error

__all__ = ["FINDINGS", "check_batch"]
