"""Ed25519 signatures. The one door to cryptography, which the extra `sign` installs."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from ratingengine.errors.extras import to_install_extra

ALGORITHM = "Ed25519"
MAKE_A_KEY = "make one with: openssl genpkey -algorithm ed25519 -out private.pem"


PRIME = 2**255 - 19
SMALL = (0, 1, PRIME - 1, *(int.from_bytes(bytes.fromhex(y), "little") for y in (
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)))  # fmt: skip
"""The y of the eight points of small order: a signature that suits every message can be made for each without a private key."""


class SigningAbsent(Exception):
    """The library cryptography is not installed; the message has the remedy."""


class BadKey(Exception):
    """A text that is no Ed25519 key of the kind asked for."""


@frozen
class Signature:
    """A public key and the signature that its private key gave, each in hexadecimal."""

    public_key: str
    value: str


def sign(private_pem: bytes, message: bytes) -> Signature:
    """Sign with an unencrypted private key in PEM. Raises BadKey or SigningAbsent."""
    ed25519, serialization = _library()
    try:
        key = serialization.load_pem_private_key(private_pem, password=None)
    except TypeError:
        raise BadKey("the private key is encrypted; give it decrypted") from None
    except Exception as failure:
        raise BadKey(f"not a private key in PEM; {MAKE_A_KEY}") from failure
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise BadKey(f"a private key, but not of {ALGORITHM}; {MAKE_A_KEY}")
    return Signature(key.public_key().public_bytes_raw().hex(), key.sign(message).hex())


def public_key(public_pem: bytes) -> str:
    """The public key of a PEM text, in hexadecimal. Raises BadKey or SigningAbsent."""
    ed25519, serialization = _library()
    try:
        key = serialization.load_pem_public_key(public_pem)
    except Exception as failure:
        hint = "openssl pkey -in private.pem -pubout -out public.pem"
        raise BadKey(f"not a public key in PEM; from a private one it is made with: {hint}") from failure
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise BadKey(f"a public key, but not of {ALGORITHM}")
    found = str(key.public_bytes_raw().hex())
    if not sound(found):
        raise BadKey("a public key of small order: anyone can sign for it")
    return found


def sound(public: str) -> bool:
    """Whether a public key in hexadecimal can belong to anyone: of large order, and written in the one way that there is."""
    y = int.from_bytes(bytes.fromhex(public), "little") % 2**255
    return y < PRIME and y not in SMALL


def holds(signature: Signature, message: bytes) -> bool:
    """Whether the signature is of this message by its key, and the key is sound. Raises SigningAbsent."""
    ed25519, _ = _library()
    from cryptography.exceptions import InvalidSignature

    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.public_key))
        key.verify(bytes.fromhex(signature.value), message)
    except (InvalidSignature, ValueError):
        return False
    return sound(signature.public_key)


def _library() -> tuple[Any, Any]:
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as failure:
        raise SigningAbsent(f"signatures need the library cryptography; install it with: {to_install_extra('sign')}") from failure
    return ed25519, serialization
