"""Ed25519 signatures, and what is said of keys that are none."""

from __future__ import annotations

import re
import sys

import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from ratingengine.errors.extras import to_install
from ratingengine.publish.signing import PRIME, SMALL, BadKey, Signature, SigningAbsent, holds, public_key, sign, sound

PEM = form.Encoding.PEM
KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PRIVATE = KEY.private_bytes(PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
PUBLIC = KEY.public_key().public_bytes(PEM, form.PublicFormat.SubjectPublicKeyInfo)
LOCKED = KEY.private_bytes(PEM, form.PrivateFormat.PKCS8, form.BestAvailableEncryption(b"word"))
RSA = rsa.generate_private_key(65537, 2048)
RSA_PRIVATE = RSA.private_bytes(PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
RSA_PUBLIC = RSA.public_key().public_bytes(PEM, form.PublicFormat.SubjectPublicKeyInfo)


def test_a_signature_holds_for_its_message_and_no_other() -> None:
    made = sign(PRIVATE, b"text")
    assert made.public_key == public_key(PUBLIC) == KEY.public_key().public_bytes_raw().hex()
    assert holds(made, b"text")
    assert not holds(made, b"texT")


def test_a_signature_of_another_key_or_a_damaged_one_does_not_hold() -> None:
    made = sign(PRIVATE, b"text")
    for changed in ("0" * 64, "f" * 64, made.public_key[:-2]):
        assert not holds(type(made)(changed, made.value), b"text")
    assert not holds(type(made)(made.public_key, "0" * 128), b"text")


@pytest.mark.parametrize(
    ("pem", "said"),
    [(b"", "not a private key"), (PUBLIC, "not a private key"), (LOCKED, "is encrypted"), (RSA_PRIVATE, "not of Ed25519")],
    # Keys made anew in every process would give the tests other names in each.
    ids=["empty", "public", "locked", "rsa"],
)
def test_what_is_no_private_key_is_told_with_a_remedy(pem: bytes, said: str) -> None:
    with pytest.raises(BadKey, match=said):
        sign(pem, b"text")


@pytest.mark.parametrize(
    ("pem", "said"),
    [(b"x", "not a public key"), (PRIVATE, "openssl pkey"), (RSA_PUBLIC, "not of Ed25519")],
    ids=["no_pem", "private", "rsa"],
)
def test_what_is_no_public_key_is_told_with_a_remedy(pem: bytes, said: str) -> None:
    with pytest.raises(BadKey, match=said):
        public_key(pem)


def test_without_the_library_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    for call in (lambda: sign(PRIVATE, b""), lambda: public_key(PUBLIC), lambda: holds(sign(PRIVATE, b""), b"")):
        with pytest.raises(SigningAbsent, match=rf"cryptography; install it with: {re.escape(to_install('cryptography'))}$"):
            call()


def test_the_points_of_small_order_are_those_that_the_curve_has() -> None:
    """The others are y = 0, 1 and -1; twice a point of order 8 has y = 0."""
    d = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
    for y in SMALL:
        x_squared = (y * y - 1) * pow(d * y * y + 1, PRIME - 2, PRIME)
        assert y in (0, 1, PRIME - 1) or (y * y + x_squared) % PRIME == 0
        assert not sound(y.to_bytes(32, "little").hex())
        assert not sound((y | 1 << 255).to_bytes(32, "little").hex())
    assert not sound((PRIME + 1).to_bytes(32, "little").hex())
    assert sound(public_key(PUBLIC))


def test_a_key_of_small_order_signs_for_nobody() -> None:
    """The library itself takes this signature for one of any message."""
    key, value = "01" + "00" * 31, "01" + "00" * 63
    ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(value), b"anything")
    assert not holds(Signature(key, value), b"anything")
    pem = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).public_bytes(PEM, form.PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(BadKey, match="small order"):
        public_key(pem)
