"""A local cluster that was started is stopped; an existing one continues to run."""

from __future__ import annotations

from concurrent.futures import CancelledError
from unittest.mock import Mock

import pytest
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from apicontract.bulk import cluster
from apicontract.bulk.cluster import Cluster, ClusterGone, Task, WorkersDied


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Mock:
    client = Mock()
    client.return_value.nthreads.return_value = {"a": 2, "b": 3}
    monkeypatch.setattr(cluster, "Client", client)
    return client


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Mock:
    local = Mock()
    monkeypatch.setattr(cluster, "LocalCluster", local)
    return local


def test_a_cluster_of_this_machine_is_started_and_stopped(client: Mock, local: Mock) -> None:
    made = Cluster(len, "local", 4)
    local.assert_called_once_with(n_workers=4, threads_per_worker=1, dashboard_address=None)
    client.assert_called_once_with(local.return_value, set_as_default=False)
    assert made.threads == 5
    made.close()
    client.return_value.close.assert_called_once_with()
    local.return_value.close.assert_called_once_with()


def test_a_cluster_that_is_there_is_left_alone(client: Mock, local: Mock) -> None:
    made = Cluster(len, "tcp://a:1", 4)
    client.assert_called_once_with("tcp://a:1", set_as_default=False)
    client.return_value.nthreads.return_value = {}
    assert made.threads == 1
    made.submit([1, 2])
    client.return_value.submit.assert_called_once_with(len, [1, 2], pure=False)
    made.close()
    client.return_value.close.assert_called_once_with()
    local.assert_not_called()


@pytest.mark.parametrize("error", [OSError("no"), TimeoutError("no"), ValueError("no")])
def test_a_cluster_that_cannot_be_reached_is_told(client: Mock, error: Exception) -> None:
    client.side_effect = error
    with pytest.raises(ClusterGone, match=r"^no scheduler answers at tcp://a:1: no$"):
        Cluster(len, "tcp://a:1", 4)


@pytest.mark.parametrize(
    ("error", "raised", "reason"),
    [
        (KilledWorker("part", Mock(), 3), WorkersDied, "part"),
        (CancelledError(), ClusterGone, "^the scheduler is gone \\(CancelledError\\)$"),
        (CommClosedError(), ClusterGone, "^the scheduler is gone \\(CommClosedError\\)$"),
        (TimeoutError(), ClusterGone, "^the scheduler is gone \\(TimeoutError\\)$"),
        (KeyError("x"), KeyError, "x"),
    ],
)
def test_what_became_of_a_part_that_has_no_result(error: Exception, raised: type[Exception], reason: str) -> None:
    with pytest.raises(raised, match=reason):
        Task(Mock(result=Mock(side_effect=error))).result()
    assert Task(Mock(result=Mock(return_value=5))).result() == 5
