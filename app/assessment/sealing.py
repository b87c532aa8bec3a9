"""Answers sealed to the server: a shared device can keep and send them, only the server reads.

ECDH with an ephemeral P-256 key, HKDF-SHA256 salted with the ephemeral public key, AES-256-GCM.
The browser does the same with what it has built in.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

INFO = b"avrr answer 1"
KEY_INFO = b"avrr answer sealing key 1"
NONCE_BYTES = 12
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


class SealBroken(Exception):
    """What was sent was not sealed to this server, or was changed on the way."""


def public_key(secret: str) -> str:
    """Return the server's public key: the uncompressed point in base64."""
    return base64.b64encode(_point(_private_key(secret).public_key())).decode("ascii")


def seal(server_key: str, text: bytes) -> dict[str, str]:
    """Seal `text` to a server's public key, as a client does."""
    server_point = base64.b64decode(server_key)
    server = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), server_point)
    own = ec.generate_private_key(ec.SECP256R1())
    point, nonce = _point(own.public_key()), os.urandom(NONCE_BYTES)
    data = AESGCM(_cipher_key(own.exchange(ec.ECDH(), server), point)).encrypt(nonce, text, None)
    parts = {"key": point, "iv": nonce, "data": data}
    return {name: base64.b64encode(part).decode("ascii") for name, part in parts.items()}


def unseal(secret: str, sealed: Mapping[str, object]) -> bytes:
    """Open what a client sealed to the server with this secret. Raises `SealBroken`."""
    try:
        point, nonce, data = (
            base64.b64decode(str(sealed[name]), validate=True) for name in ("key", "iv", "data")
        )
        client = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        shared = _private_key(secret).exchange(ec.ECDH(), client)
        return AESGCM(_cipher_key(shared, point)).decrypt(nonce, data, None)
    except (KeyError, ValueError, InvalidTag) as error:
        raise SealBroken from error


def _cipher_key(shared: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=INFO).derive(shared)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@lru_cache(maxsize=4)
def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    stretched = HKDF(algorithm=SHA256(), length=48, salt=None, info=KEY_INFO)
    number = int.from_bytes(stretched.derive(secret.encode()), "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())
