"""Commands that hand an answer on: certify it, check a certificate, tell its provenance."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.options import Country, Engine, Format, KnownAt, On, Prior, Records, Rules, Year, end

app = typer.Typer()


@app.command("certify")
def certify(
    country: Country,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where it is written; - is stdout.")],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    prior: Prior = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    sign: Annotated[str | None, typer.Option("--sign", metavar="PEM", help="Sign with this Ed25519 private key.")] = None,
) -> None:
    """Write a certificate: the answer with every file it was read from, so that anyone can derive it again."""
    from ratingengine.publish.certificate.certificate_command import show_certify

    end(show_certify(country, year, on, known_at, prior, rules, records or (), engine, output, sign))


@app.command("verify")
def verify(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The certificate.")],
    key: Annotated[str | None, typer.Option("--key", metavar="PEM", help="The public key that must have signed it.")] = None,
    engine: Engine = "both",
    format_: Format = "text",
) -> None:
    """Check a certificate and derive its answer again from its own files; exit 1 when something does not hold."""
    from ratingengine.publish.certificate.certificate_command import show_verify

    end(show_verify(file, key, engine, format_))


@app.command("provenance")
def provenance(
    country: Country,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    prior: Prior = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where it is written; - is stdout.")] = "-",
) -> None:
    """Write where an answer comes from as PROV-O in JSON-LD: records, sources, coders, rules and software."""
    from ratingengine.publish.provenance.provenance_command import show_provenance

    end(show_provenance(country, year, on, known_at, prior, rules, records or (), engine, output))
