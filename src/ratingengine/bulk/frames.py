"""The door to polars and PySpark: frames of any kind to one that a backend runs, and back to the kind they came in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from attrs import frozen

from ratingengine.bulk.dialect import Dialect, Frame
from ratingengine.errors.extras import to_install_extra

BACKENDS = ("polars", "spark")
POINT = "__point__"
EXTRAS = {
    "polars": "bulk",
    "narwhals": "bulk",
    "pyarrow": "bulk",
    "duckdb": "duckdb",
    "pyspark": "spark",
    "py4j": "spark",
}


class BackendAbsent(Exception):
    """A backend that cannot run here; the message says what to install."""


def without_points(name: str) -> str:
    """A column's name as Spark can read it: to Spark a point leads into a structure."""
    return name.replace(".", POINT)


def library(name: str) -> Any:
    """A library of an extra; raises BackendAbsent where it is not installed."""
    try:
        return import_module(name)
    except ImportError as absent:
        remedy = to_install_extra(EXTRAS[name.partition(".")[0]])
        raise BackendAbsent(f"{name} is not installed; install it with: {remedy}") from absent


@frozen
class Taken:
    """A frame as a backend runs it, the dialect of its expressions, how others join it there, and how the answer goes back."""

    frame: Frame
    dialect: Dialect
    backend: str
    beside: Callable[[Any], Frame]
    """A small polars frame as one that can be joined."""
    give: Callable[[Frame], Any]
    named: Callable[[str], str] = str
    """The name that a column had before."""


def kind_of(frame: Any) -> str:
    """polars, pandas, arrow, duckdb or spark; raises TypeError for anything else."""
    home = type(frame).__module__.partition(".")[0].lstrip("_")
    kinds = {"polars": "polars", "pandas": "pandas", "pyarrow": "arrow", "duckdb": "duckdb", "pyspark": "spark"}
    if home == "narwhals":
        return kind_of(frame.to_native())
    if home not in kinds:
        raise TypeError(f"{type(frame).__name__} is no frame of polars, pandas, Arrow, DuckDB or Spark")
    return kinds[home]


def taken(frame: Any, backend: str | None = None) -> Taken:
    """The frame on a backend: by default Spark frames stay where they are, and others go to polars."""
    if hasattr(frame, "to_native"):
        frame = frame.to_native()
    kind = kind_of(frame)
    chosen = backend or (kind if kind in BACKENDS else "polars")
    if chosen not in BACKENDS:
        raise ValueError(f"backend {chosen}: write one of {', '.join(BACKENDS)}")
    make = {"polars": _on_polars, "spark": _on_spark}[chosen]
    return make(frame, kind)


def _on_polars(frame: Any, kind: str) -> Taken:
    polars = library("polars")
    own = with_texts(as_polars(frame), polars)
    return Taken(own, Dialect(polars), "polars", lambda small: small, lambda done: _back(done, kind, frame))


def with_texts(frame: Any, space: Any) -> Any:
    """Texts that are kept as categories (of pandas, of a dictionary in Parquet) as texts; `space` is polars or narwhals."""
    kinds = frame.collect_schema()
    kept = [name for name, kind in kinds.items() if _name_of(kind) in ("Categorical", "Enum")]
    return frame.with_columns(space.col(name).cast(space.String) for name in kept) if kept else frame


def as_polars(frame: Any) -> Any:
    """Any frame as one of polars."""
    polars, kind = library("polars"), kind_of(frame)
    frame = frame.to_native() if hasattr(frame, "to_native") else frame
    if kind == "polars":
        return Dialect.here(frame) if isinstance(frame, polars.LazyFrame) else frame
    if kind == "pandas":
        library("pyarrow")
        return polars.from_pandas(frame)
    if kind == "duckdb":
        return frame.pl()
    return polars.from_arrow(frame.toArrow() if kind == "spark" else frame)


def _arrow(frame: Any) -> Any:
    """As Arrow in types that every library has: a column without any value holds numbers, and whole numbers have a sign."""
    polars = library("polars")
    library("pyarrow")
    own = with_texts(as_polars(frame), polars)
    return own.with_columns(polars.col(polars.Null, polars.UInt8, polars.UInt16, polars.UInt32).cast(polars.Int64)).to_arrow()


def _back(done: Any, kind: str, given: Any) -> Any:
    """A polars frame as the kind that was given."""
    if kind == "polars":
        return done
    if kind == "pandas":
        return done.to_pandas()
    if kind == "arrow":
        return done.to_arrow()
    if kind == "duckdb":
        return library("duckdb").from_arrow(done.to_arrow())
    return given.sparkSession.createDataFrame(done.to_arrow())


def _on_spark(frame: Any, kind: str) -> Taken:
    narwhals = library("narwhals")
    if kind == "spark":
        session, own = frame.sparkSession, frame
    else:
        session = spark_session()
        own = session.createDataFrame(_arrow(frame))

    def beside(small: Any) -> Frame:
        return narwhals.from_native(session.createDataFrame(small.to_arrow()))

    def give(done: Frame) -> Any:
        native = done.to_native()
        return native if kind == "spark" else _back(as_polars(native), kind, frame)

    own = own.toDF(*map(without_points, own.columns))
    return Taken(narwhals.from_native(own), Dialect(narwhals), "spark", beside, give, lambda name: name.replace(POINT, "."))


def spark_session() -> Any:
    """The running Spark session, or a local one on all cores."""
    library("pyspark")
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        builder = SparkSession.builder.appName("ratingengine").config("spark.ui.enabled", "false")
        return builder.config("spark.sql.shuffle.partitions", "8").getOrCreate()
    except (PySparkException, RuntimeError, OSError) as failure:
        raise BackendAbsent("Spark does not start: it needs Java 17 or later (JAVA_HOME)") from failure


def kinds_of(frame: Frame) -> Mapping[str, str]:
    """For each column whether it holds whole or real numbers, text or truth; empty for anything else."""
    return {name: _kind(kind) for name, kind in frame.collect_schema().items()}


def _kind(dtype: Any) -> str:
    name = _name_of(dtype)
    if name.startswith(("Int", "UInt")):
        return "whole"
    if name in ("Float32", "Float64", "Decimal"):
        return "real"
    return {"String": "text", "Boolean": "truth", "Null": "whole"}.get(name, "")


def _name_of(dtype: Any) -> str:
    return dtype.__name__ if isinstance(dtype, type) else type(dtype).__name__


def failures(backend: str) -> tuple[type[Exception], ...]:
    """What a backend raises where it cannot read or write."""
    if backend == "spark":
        return (library("pyspark.errors").PySparkException, library("py4j.protocol").Py4JError, OSError)
    return (library("polars").exceptions.PolarsError, OSError)
