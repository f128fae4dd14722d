"""`rate verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ratingengine.engine.rating import ENGINES
from ratingengine.errors import NotFound
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.interface.options import Argument, Engine, Format, Option
from ratingengine.interface.page import written
from ratingengine.publish.certificate.key_file import key_in
from ratingengine.publish.certificate.report import verification_json, verification_page
from ratingengine.publish.certificate.shape import read_certificate
from ratingengine.publish.certificate.verify import verified, verify
from ratingengine.publish.signing import BadKey, SigningAbsent, public_key


def verify_command(
    file: Annotated[str, Argument(metavar="FILE", help="The certificate.")],
    key: Annotated[str | None, Option("--key", metavar="PEM", help="The public key that must have signed it.")] = None,
    engine: Engine = "both",
    format_: Format = "text",
) -> int:
    """Check a certificate and derive its answer again.

    Only the files in the certificate are used. Exit code 1 when something does not hold.

    rate verify kazakhstan.json --key public.pem
    """
    choice(format_, FORMATS, "--format")
    choice(engine, ENGINES, "--engine")
    path = Path(file)
    if not path.exists():
        raise NotFound(f"no such file: '{file}'")
    try:
        wanted = None if key is None else public_key(key_in(key, "--key"))
    except (BadKey, SigningAbsent) as wrong:
        raise Usage(f"--key {key}: {wrong}") from wrong
    certificate = read_certificate(path)
    checks = verify(certificate, wanted, engine)
    content = verification_json(certificate, checks)
    write(written(verification_page(content), content, format_))
    return DONE if verified(checks) else FOUND
