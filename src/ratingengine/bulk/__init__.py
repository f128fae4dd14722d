"""Many country-years at once: wide or long tables rated by the columnar engine, in polars or Spark.

import polars
from ratingengine.bulk import rate_frame

rated = rate_frame(polars.read_csv("country_years.csv"))
"""

from __future__ import annotations

from ratingengine.bulk.batch import trace_frame
from ratingengine.bulk.frames import BACKENDS, BackendAbsent
from ratingengine.bulk.rating import rate_frame

__all__ = ["BACKENDS", "BackendAbsent", "rate_frame", "trace_frame"]
