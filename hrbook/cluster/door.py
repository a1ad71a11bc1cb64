"""The door of dask.distributed (the extra [cluster]): reaching a scheduler, asking its workers who they are, telling what
went wrong. Certificates for tls:// addresses, and the seconds that a connection may take, are dask's own configuration."""

from __future__ import annotations

import asyncio
import logging
import pickle
import re
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import Any

from hrbook.cluster.alike import facts
from hrbook.cluster.chunk import Call, check, parcel
from hrbook.core.fault import Fault

ADDRESS = re.compile(r"(?P<way>tcp|tls)://(?:\[[0-9a-fA-F:.%]+\]|[^\s:/\[\]@]+):(?P<port>\d{1,5})")
LIMIT = "distributed.comm.timeouts.connect"
SILENT = ("distributed", "tornado", "asyncio")
SOON = 2  # seconds for saying goodbye
FIRST = 10  # priority of the questions before the work, so that they need not wait behind it


def address_of(text: str) -> str:
    """The address in full: tcp:// where it names no way. Raises Fault (usage) for what is no address."""
    address = text if "://" in text else f"tcp://{text}"
    found = ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"]) < 2**16:
        raise Fault("cluster_address", usage=True, found=text)
    return address


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the scheduler, all of whose workers have said that they make the same bytes as this machine. Raises
    Fault, within the time limit, where there is no such scheduler or no such workers. No person's data is sent for it."""
    distributed = _library()
    limit = seconds()
    _hush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            asyncio.run(_greeted(distributed, address, limit))
            client = distributed.Client(address, timeout=limit, set_as_default=False, name="hrbook")
        except (OSError, ValueError, TypeError, RuntimeError, AttributeError, ImportError) as error:
            kind = "cluster_tls" if _is_about_tls(address, error) else "cluster_unreachable"
            raise Fault(kind, address=address, seconds=round(limit), found=_word(error)) from error
        try:
            _ask(client, address, limit)
            yield client
        finally:
            with suppress(Exception):
                client.close(timeout=SOON)


async def _greeted(distributed: Any, address: str, limit: float) -> None:
    """Come back when a scheduler has greeted; the client itself would wait for ever for a greeting."""
    secured = distributed.Security().get_connection_args("client")
    comm = await asyncio.wait_for(distributed.comm.connect(address, timeout=limit, **secured), limit)
    comm.abort()


def _hush() -> None:
    """Let the library keep its own words to itself: what goes wrong is told in ours."""
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in SILENT:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def seconds() -> float:
    """How long a connection may take, and the cluster may be without any worker: dask's own setting."""
    import dask.utils

    return float(dask.utils.parse_timedelta(dask.config.get(LIMIT, "30s"), default="s"))


def threads(client: Any) -> int:
    """Threads of all workers together; none where all are gone. Raises Fault where the scheduler does not answer."""
    try:
        return sum(client.nthreads().values())
    except Exception as error:
        raise Fault("cluster_lost", address=client.scheduler.address, found=_word(error)) from error


def told(error: BaseException, address: str, worker: str = "?") -> BaseException:
    """What went wrong with a parcel, as a Fault where a person can mend it."""
    if isinstance(error, Fault):
        return Fault(error.key, usage=error.usage, **{"address": address, "worker": worker, **error.facts})
    kinds = [kind.__name__ for kind in type(error).__mro__]
    if "KilledWorker" in kinds:
        return Fault("cluster_killed", address=address)
    if "CancelledError" in kinds or isinstance(error, OSError):
        return Fault("cluster_lost", address=address, found=_word(error))
    if isinstance(error, ImportError):
        return Fault("cluster_worker_without", address=address, worker=worker, found=_word(error))
    return error


def _ask(client: Any, address: str, limit: float) -> None:
    """Ask every worker for its version of hrbook, then for the rest; the first question needs no hrbook there."""
    try:
        client.wait_for_workers(1, timeout=limit)
    except Exception as error:
        raise Fault("cluster_no_workers", address=address, seconds=round(limit)) from error
    workers = sorted(client.nthreads())
    until = time.monotonic() + limit
    own = version("hrbook")
    for worker, found in _answers(client, address, workers, until, version, "hrbook"):
        if isinstance(found, BaseException):
            raise Fault("cluster_worker_without", address=address, worker=worker, found=_word(found)) from found
        if found != own:
            raise Fault("cluster_worker_version", address=address, worker=worker, expected=own, found=str(found))
    question = parcel(Call(check, (dict(facts()),)))
    for worker, found in _answers(client, address, workers, until, pickle.loads, question):
        if isinstance(found, Fault):
            raise told(found, address, worker) from found
        if isinstance(found, BaseException):
            raise Fault("cluster_worker_without", address=address, worker=worker, found=_word(found)) from found


def _answers(client: Any, address: str, workers: Sequence[str], until: float, *question: Any) -> Iterator[tuple[str, Any]]:
    """What each worker answers, an exception among the answers. Raises Fault where one does not answer in time."""
    asked = {
        worker: client.submit(*question, workers=[worker], allow_other_workers=False, pure=False, priority=FIRST, retries=0)
        for worker in workers
    }
    for worker, future in asked.items():
        try:
            error = future.exception(timeout=max(0.1, until - time.monotonic()))
        except TimeoutError as late:
            raise Fault("cluster_worker_silent", address=address, worker=worker, seconds=round(seconds())) from late
        except Exception as lost:
            raise told(lost, address, worker) from lost
        yield worker, future.result() if error is None else error


def _library() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise Fault("cluster_extra") from error
    return distributed


def _is_about_tls(address: str, error: BaseException | None) -> bool:
    if address.startswith("tls://") and isinstance(error, TypeError | ValueError | RuntimeError | AttributeError):
        return True
    while error is not None:
        if "ssl" in type(error).__module__ or "ncrypt" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _word(error: BaseException) -> str:
    """The kind of an error and the first line of what it says."""
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0][:200]}" if said else type(error).__name__
