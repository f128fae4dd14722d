"""Attack the readers with atheris: `python tools/fuzz_readers.py all --runs 20000`, in an environment that has atheris.

Each reader runs in a process of its own until so many inputs were tried. Inputs start from the shipped files and from tests/bad,
are kept in OUT/READER where they reach code that none reached before, and a fault as OUT/READER-fault-… Exit code 1: a fault.
An input that takes longer than ten seconds is a fault, too. `--replay FILE` reads one input again.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
SECONDS = 10


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reader", help="one of the readers of tests/fuzzing/readers.py, or all")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz-readers")
    parser.add_argument("--replay", type=Path)
    parser.add_argument("--here", action="store_true", help="attack in this process; does not return")
    asked = parser.parse_args(words)
    if asked.here:
        attack(asked.reader, asked.runs, asked.seed, asked.out)
    from fuzzing.readers import READERS

    if asked.replay:
        READERS[asked.reader].attack(asked.replay.read_bytes())
        return 0
    names = list(READERS) if asked.reader == "all" else [asked.reader]
    return max(apart(name, asked.runs, asked.seed, asked.out) for name in names)


def apart(name: str, runs: int, seed: int, out: Path) -> int:
    """One reader in a process of its own; says how many inputs were tried."""
    words = [name, "--here", "--runs", str(runs), "--seed", str(seed), "--out", str(out)]
    command = [sys.executable, str(Path(__file__).resolve()), *words]
    memory = Path("/dev/shm")  # noqa: S108 - for a folder of our own below it
    with TemporaryDirectory(prefix="ratingengine-", dir=memory if memory.is_dir() else None) as place:
        # atheris ends without cleaning up, and a file for each input is quicker to write in memory.
        surroundings = {**os.environ, "TMPDIR": place}
        done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace", env=surroundings)  # noqa: S603
    tried = re.search(r"number_of_executed_units: (\d+)", done.stderr) or re.search(r"Done (\d+) runs", done.stderr)
    seconds = re.search(r"in (\d+) second", done.stderr)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    print(
        f"{name}: {tried[1] if tried else '?'} inputs in {seconds[1] if seconds else '?'} s, "
        f"{covered[-1] if covered else '?'} edges, exit {done.returncode}",
        flush=True,
    )
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
    return int(done.returncode != 0)


def attack(name: str, runs: int, seed: int, out: Path) -> None:
    """Run atheris on one reader."""
    import atheris

    with atheris.instrument_imports(include=["ratingengine"]):
        from fuzzing.readers import LONGEST, READERS
    reader = READERS[name]
    corpus = out / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(reader.corpus()):
        (corpus / f"seed-{number}").write_bytes(raw)
    options = [f"-runs={runs}", f"-seed={seed}", f"-max_len={LONGEST}", f"-timeout={SECONDS}", "-rss_limit_mb=2048"]
    options += [
        f"-artifact_prefix={out}/{name}-fault-",
        "-print_final_stats=1",
        f"-dict={dictionary(reader.corpus(), out / name)}",
    ]
    reader.attack(reader.corpus()[0])  # what is read once and kept is read before the clock runs
    atheris.Setup([sys.argv[0], *options, str(corpus)], reader.attack)
    atheris.Fuzz()


def dictionary(corpus: tuple[bytes, ...], place: Path) -> Path:
    """The words of the corpus and signs of YAML and JSON, for atheris to put in."""
    words = {word for raw in corpus for word in re.findall(rb"[A-Za-z_.-]{2,30}|\d[\d.-]*", raw)}
    words |= {
        b": ",
        b"- ",
        b"{",
        b"}",
        b"[",
        b"]",
        b"&a ",
        b"*a",
        b"!t ",
        b"---\n",
        b"| \n",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"1e999",
    }
    words |= {b"9" * 40, b"0001-01-01", b"9999-12-31", b"2021-02-30", b"null", b"\\ud800", b'"', b"\xef\xbb\xbf", b"\xff"}
    lines = ['"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in sorted(words)]
    path = place.with_suffix(".dict")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


if __name__ == "__main__":
    raise SystemExit(main())
