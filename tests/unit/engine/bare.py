"""durable-rules without the engine around it: what it does beyond its bounds. Each script runs in a process of its own.

`QUIET` is a host without background threads, `tried` says what came of a call. A script prints what a right library would not.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
SECONDS = 10
"""After which a script is taken to hang; each needs less than one where it does not."""
START = """
import sys, time
import durable.engine as engine
class QUIET(engine.Host):
    def _run(self): pass
fired = []
def note(text): return lambda c: fired.append(text)
def tried(call):
    try: return call()
    except Exception as failure: return f"{type(failure).__name__} {failure}".strip()
def one(condition, run=note("fired")): return {"t": {"r": {"all": [condition], "run": run}}}
"""
PROGRAM = """
from unit.engine import programs
import ratingengine.engine.durable as door
from ratingengine.engine.reference import ReferenceEngine
door.check_bounds = lambda program: ()
program = getattr(programs, "{make}")({size})
values = [65] * len(program.variables)
print(tried(lambda: len(door.DurableEngine(program).run(values))))
"""


def outcome(script: str, seconds: int = SECONDS) -> str:
    """What a script printed, or `SIGSEGV` and the like, or `hangs`."""
    command = [sys.executable, "-W", "ignore", "-c", START + script]
    try:
        done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return "hangs"
    if done.returncode < 0:
        return f"signal {-done.returncode}"
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


BEYOND: Mapping[tuple[str, str, int], str] = {
    ("C401", "wide", 17): "error code: 304 or signal 11 or signal 6",
    ("C402", "shared", 257): "error code: 108",
    ("C403", "scattered", 511): "hangs",
    ("C403", "scattered", 512): "hangs",
    ("C404", "thresholds", 65): "error code: 303 or signal 11 or signal 6",
    ("C407", "paired", 4096): "error code: 106",
}
"""Programs one beyond a bound, given to the library all the same: the code that refuses them, and what the library does."""

SHAPES: Mapping[str, tuple[str, str]] = {
    "256 rules on one bare condition": (
        """
rules = {f"r{n}": {"all": [{"m": {"i": 1}}], "run": note(n)} for n in range(256)}
QUIET({"t": rules}).assert_fact("t", {"i": 1})
print(len(fired))
""",
        "signal 11",
    ),
    "a comparison of two facts": (
        """
def first(least): return {"$and": [{"metric": "met-A"}, {"$gt": {"amount": least}}]}
def other(test): return {"$and": [{"metric": "met-B"}, {test: {"amount": {"first": "amount"}}}]}
host = QUIET({"t": {
    "r1": {"all": [{"first": first(10)}, {"second": other("$gt")}], "run": note("r1")},
    "r2": {"all": [{"first": first(50)}, {"second": other("$lt")}], "run": note("r2")},
}})
host.assert_fact("t", {"metric": "met-A", "amount": 100})
host.assert_fact("t", {"metric": "met-B", "amount": 200})
print(fired)
""",
        "signal 11 unless by luck ['r1']",
    ),
    "arithmetic on facts": (
        """
quotient = {"$div": {"$l": {"a": "v"}, "$r": {"a": "z"}}}
second = {"b": {"$and": [{"k": "b"}, {"$gt": {"v": quotient}}]}}
host = QUIET({"t": {"r": {"all": [{"a": {"k": "a"}}, second], "run": note("r")}}})
host.assert_fact("t", {"k": "a", "v": 4, "z": 0})
host.assert_fact("t", {"k": "b", "v": 4})
print(fired)
""",
        "signal 8",
    ),
    "1,025 live states": (
        """
host = QUIET(one({"m": {"$gte": {"v": 0}}}))
for n in range(1024): host.assert_fact("t", {"sid": str(n), "v": 1})
print(tried(lambda: host.assert_fact("t", {"sid": "1024", "v": 1})))
""",
        "MemoryError",
    ),
    "text against a number": (
        """
QUIET(one({"m": {"$gte": {"v": 3}}})).assert_fact("t", {"v": "n/a"})
print(fired)
""",
        "['fired']",
    ),
    "whole numbers from 2^63 on": (
        """
host = QUIET(one({"m": {"v": 2**63}}))
host.assert_fact("t", {"v": 2**63 - 1})
print(fired)
""",
        "['fired']",
    ),
    "a float without a point": (
        "print(tried(lambda: QUIET(one({'m': {'$gte': {'v': 1e-05}}}))))",
        "error code: 204",
    ),
    "253 properties": (
        """
host = QUIET(one({"m": {"p0": 0}}))
print(tried(lambda: host.assert_fact("t", {f"p{n}": n for n in range(253)})))
""",
        "error code: 302",
    ),
    "texts of one hash": (
        """
host = QUIET(one({"m": {"liquid": 1}}))
host.assert_fact("t", {"costarring": 1})
print(fired)
""",
        "['fired']",
    ),
    "states of one hash": (
        """
host = QUIET(one({"m": {"$gte": {"v": 0}}}))
host.assert_fact("t", {"sid": "costarring", "v": 1})
host.assert_fact("t", {"sid": "liquid", "v": 2})
print(len(host.get_facts("t", "liquid")))
""",
        "2",
    ),
    "negation": (
        """
host = QUIET({"t": {
    "derive": {"pri": 1, "all": [{"m": {"k": "go"}}], "run": lambda c: c.assert_fact({"k": "bad"})},
    "nobad": {"pri": 5, "all": [{"m": {"k": "go"}}, {"b$not": {"k": "bad"}}], "run": note("nobad")},
    "bad": {"pri": 9, "all": [{"m": {"k": "bad"}}], "run": note("bad")},
}})
host.assert_fact("t", {"k": "go"})
print(fired)
""",
        "['nobad', 'bad']",
    ),
    "an action of two parameters": (
        """
host = QUIET({"t": {f"r{n}": {"all": [{"m": {"k": 1}}], "run": lambda c, n=n: fired.append(n)} for n in range(3)}})
tried(lambda: host.assert_fact("t", {"k": 1}))
print(len(fired))
""",
        "1",
    ),
    "an exception in an action": (
        """
def failing(c): raise ValueError("lost")
host = QUIET(one({"m": {"k": 1}}, failing))
print(tried(lambda: host.assert_fact("t", {"k": 1}))["sid"])
""",
        "0",
    ),
    "eleven seconds during an action": (
        """
clock, skipped = engine._unix_now, [0]
engine._unix_now = lambda: clock() + skipped[0]
def pause(c): skipped[0] += 11; fired.append("r1")
rules = {name: {"all": [{"m": {"k": 1}}], "run": run} for name, run in (("r1", pause), ("r2", note("r2")), ("r3", note("r3")))}
QUIET({"t": rules}).assert_fact("t", {"k": 1})
print(fired)
""",
        "['r1']",
    ),
    "a batch with a fact that nothing reads": (
        """
host = QUIET(one({"m": {"k": 1}}))
print(tried(lambda: host.assert_facts("t", [{"k": 1}, {"z": 1}])).split()[0], fired)
""",
        "MessageNotHandledException []",
    ),
    "a condition with the threshold first": (
        """
rules = {f"r{n}": {"all": [{"m": {"$and": [{"$gte": {"v": n}}, {"i": n}]}}], "run": note(n)} for n in range(120)}
host = QUIET({"t": rules})
print(tried(lambda: host.assert_fact("t", {"i": 5, "v": 1000})), len(fired))
""",
        "error code: 303",
    ),
    "a number that is none": (
        """
host = QUIET(one({"m": {"v": None}}))
host.assert_fact("t", {"v": float("nan")})
print(fired)
""",
        "['fired']",
    ),
    "long texts": (
        """
host = QUIET(one({"m": {"v": "a" * 65536}}))
host.assert_fact("t", {"v": "b" * 65536})
print(fired)
""",
        "['fired']",
    ),
    "the same fact again": (
        """
host = QUIET(one({"m": {"k": 1}}))
host.assert_fact("t", {"k": 1})
print(tried(lambda: host.assert_fact("t", {"k": 1})).split()[0])
""",
        "MessageObservedException",
    ),
    "an event": (
        """
host = QUIET({"t": {name: {"all": [{"m": {"k": 1}}], "run": note(name)} for name in ("r1", "r2")}})
host.post("t", {"k": 1})
print(fired)
""",
        "['r1']",
    ),
    "alternatives in one condition": (
        """
QUIET(one({"m": {"$or": [{"$gte": {"v": 1}}, {"$gte": {"v": 2}}, {"$gte": {"v": 3}}]}})).assert_fact("t", {"v": 5})
print(len(fired))
""",
        "3",
    ),
    "a premise taken back": (
        """
rules = {
    "derive": {"all": [{"m": {"k": 1}}], "run": lambda c: c.assert_fact({"k": 2})},
    "derived": {"all": [{"m": {"k": 2}}], "run": note("derived")},
}
host = QUIET({"t": rules})
host.assert_fact("t", {"sid": "1", "k": 1})
host.retract_fact("t", {"sid": "1", "k": 1})
print([fact["k"] for fact in host.get_facts("t", "1")])
""",
        "[2]",
    ),
    "a definition used twice": (
        """
rules = one({"m": {"k": 1}})
QUIET(rules)
print(tried(lambda: QUIET(rules)))
""",
        "KeyError",
    ),
}
"""Forms that the language or the engine never gives to the library, and what the library makes of them."""
