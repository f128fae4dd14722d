"""A Spark cluster of two workers, each a process of its own, on this machine: answers, scaling, overhead, and a worker that dies.

    python benchmarks/spark_cluster.py [--rows N] [--format text|json]

A master and two workers of one core are started from pyspark's own scripts. The same Parquet table is rated by polars in this
process, by the cluster with one worker and with two, and once more while the worker that runs tasks is killed. Every answer is
compared with that of polars; exit code 1 where one differs or the job does not survive.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from threading import Timer
from time import perf_counter, sleep
from typing import Any

from bulk_scaling import written

MEMORY = "1g"
SMALL = 100
"""Rows of the job whose time is all overhead."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=200_000, help="country-years (200000)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the results are written")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = measured(Path(folder), asked.rows)
    if asked.format == "json":
        print(json.dumps(found, indent=2))
    else:
        print("\n".join(f"{name.replace('_', ' '):<32} {value}" for name, value in found.items()))
    return 0 if found["answers_equal"] and found["survived"] else 1


def measured(folder: Path, rows: int) -> dict[str, Any]:
    """All runs, on the same rows."""
    import polars as pl

    from ratingengine.bulk import rate_frame

    table, small = folder / "table.parquet", folder / "small.parquet"
    written(table, rows)
    written(small, SMALL)
    start = perf_counter()
    wanted = plain(rate_frame(pl.read_parquet(table), any_unit=True))
    alone = perf_counter() - start
    with cluster(folder) as (address, workers):
        session = session_on(address)
        started(session, 1)
        once(session, small)  # what every first job of a session takes besides
        overhead = once(session, small)[0]
        one = once(session, table)
        workers.append(worker(address, folder))
        started(session, 2)
        two = once(session, table)
        killed, survived = with_a_death(session, table, workers, two[0])
        session.stop()
    return {
        "rows": rows,
        "answers_equal": all(frame.equals(wanted) for frame in (one[1], two[1], killed)),
        "survived": survived,
        "polars_seconds": round(alone, 2),
        "one_worker_seconds": round(one[0], 2),
        "two_workers_seconds": round(two[0], 2),
        "speed_up": round(one[0] / two[0], 2),
        "overhead_seconds": round(overhead, 2),
    }


def once(session: Any, table: Path) -> tuple[float, Any]:
    """Seconds and answer of one job, from file to this process."""
    import polars as pl

    from ratingengine.bulk import rate_frame

    start = perf_counter()
    done = rate_frame(session.read.parquet(str(table)).repartition(8), any_unit=True).toArrow()
    return perf_counter() - start, plain(pl.from_arrow(done))


def plain(frame: Any) -> Any:
    """A rated frame in one order and in types that every backend has."""
    import polars as pl

    words = [pl.col(pl.Enum, pl.Categorical, pl.String).cast(pl.String), pl.col("year").cast(pl.Int64)]
    return frame.with_columns(*words).sort("iso3", "year")


def with_a_death(session: Any, table: Path, workers: list[Popen[bytes]], usual: float) -> tuple[Any, bool]:
    """The answer of a job during which a worker, with all it runs, is killed."""
    victim = workers[1]
    timer = Timer(usual / 6, lambda: os.killpg(victim.pid, signal.SIGKILL))
    timer.start()
    try:
        seconds, frame = once(session, table)
    finally:
        timer.cancel()
    # A job that was done before the worker died has survived nothing.
    return frame, seconds > usual / 6 and victim.wait(10) != 0


def session_on(address: str) -> Any:
    """A session on the cluster."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(address).appName("ratingengine").config("spark.ui.enabled", "false")
    builder = builder.config("spark.executor.memory", MEMORY).config("spark.sql.shuffle.partitions", "8")
    return builder.config("spark.driver.host", "127.0.0.1").getOrCreate()


def started(session: Any, count: int) -> None:
    """Wait until that many executors have come."""
    for _ in range(240):
        if session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() > count:  # noqa: SLF001  # there is no other way to ask
            return
        sleep(0.5)
    raise SystemExit("the workers of the cluster do not come")


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[Popen[bytes]]]]:
    """A master with one worker, and a list for the workers; all are stopped at the end."""
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    master = launched("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
    workers: list[Popen[bytes]] = []
    try:
        wait_for(port)
        workers.append(worker(address, folder))
        yield address, workers
    finally:
        for process in (*workers, master):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def worker(address: str, folder: Path) -> Popen[bytes]:
    """A worker of one core."""
    place = str(folder / f"work-{free_port()}")
    own = ("--cores", "1", "--memory", MEMORY, "--work-dir", place, "--webui-port", "0", "--host", "127.0.0.1")
    return launched("org.apache.spark.deploy.worker.Worker", *own, address)


def launched(name: str, *words: str) -> Popen[bytes]:
    """A class of Spark in a process group of its own."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "512m"}
    command = [str(home / "bin/spark-class"), name, *words]
    return Popen(command, env=environment, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until something listens."""
    for _ in range(240):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.5)
    raise SystemExit("the master of the cluster does not start")


if __name__ == "__main__":
    sys.exit(main())
