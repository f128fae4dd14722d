"""What a file is by its first bytes, and what becomes of the kinds that are not read."""

from __future__ import annotations

import codecs

HEAD = 4096
"""So many bytes tell the kind of a file."""

STARTS = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
    (b"PAR1\x15", "parquet"),
    (b"<stata_dta>", "stata"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "text"),
    (b"RDX2\n", "r"),
    (b"RDX3\n", "r"),
    (b"X\n\x00", "r"),
    (b"$FL2@(#)", "spss"),
    (b"$FL3@(#)", "spss"),
    (b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xc2\xea\x81\x60", "sas"),
    (b"%PDF-", "pdf"),
    *((b"BZh%d1AY" % size, "bzip2") for size in range(1, 10)),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x89HDF", "hdf"),
    (b"ARROW1\x00", "arrow"),
    (b"{\\rtf", "document"),
)
OLD_STATA = frozenset(range(0x66, 0x74))
"""First byte of a Stata file before its form 117: the number of the form."""

UNPACK = "unpack it and name the table inside"
EXPORTED = "export the table as .csv, .xlsx or .parquet, and import that"
NAMED = {
    "utf-16": ("text in UTF-16 without its mark", "save the file as UTF-8"),
    "utf-32": ("text in UTF-32", "save the file as UTF-8"),
    "r": ("a file of R (.rda, .rds)", EXPORTED),
    "spss": ("an SPSS file", EXPORTED),
    "sas": ("a SAS file", EXPORTED),
    "sqlite": ("an SQLite database", EXPORTED),
    "hdf": ("an HDF5 file", EXPORTED),
    "arrow": ("an Arrow or Feather file", EXPORTED),
    "pdf": ("a PDF", "download the table itself: .csv or .xlsx"),
    "document": ("a document", "download the table itself: .csv or .xlsx"),
    "html": (
        "a web page, not a table",
        "the download gave a page instead of the file: open the address in a browser and save the table",
    ),
    "xml": ("XML, not a table", "download the table itself: .csv or .xlsx"),
    "json": ("JSON, not a table", EXPORTED),
    "bzip2": ("a bzip2 archive", UNPACK),
    "xz": ("an xz archive", UNPACK),
    "7-Zip": ("a 7-Zip archive", UNPACK),
    "rar": ("a RAR archive", UNPACK),
    "zstd": ("a zstd archive", UNPACK),
    "tar": ("a tar archive", UNPACK),
    "gzip": ("an archive in an archive", UNPACK),
    "zip": ("an archive in an archive", UNPACK),
    "binary": ("neither text nor a table of a known kind", EXPORTED),
}
"""Of each kind that is not read, what it is and what to do."""


def kind_of(head: bytes) -> str:
    """The kind of a file that begins so: `text`, `utf-16`, `gzip`, `zip`, `workbook`, `parquet`, `stata`, or one of NAMED."""
    for start, kind in STARTS:
        if head.startswith(start):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    if len(head) > 3 and head[0] in OLD_STATA and head[1] in {1, 2} and head[2] == 1:
        return "stata"
    if b"\x00" in head and _every_other(head):
        return "utf-16"
    return "binary" if b"\x00" in head and not _is_utf8(head) else _text_kind(head)


def _every_other(head: bytes) -> bool:
    """Whether the zeros stand as in UTF-16 of letters without accents: in one half of the bytes, and nearly all of it."""
    halves = [head[at::2].count(0) * 2 / len(head) for at in (0, 1)]
    return max(halves) > 0.8 and min(halves) < 0.05


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a letter may be cut in two at the end
    except UnicodeDecodeError:
        return False
    return True


def _text_kind(head: bytes) -> str:
    begin = head.lstrip()[:200].lower()
    if begin.startswith((b"<!doctype html", b"<html")):
        return "html"
    if begin.startswith(b"<?xml"):
        return "html" if b"<html" in begin else "xml"
    return "json" if begin.startswith((b'{"', b"{\n", b"[{", b"[\n")) else "text"
