"""Answers sealed on a device: the server opens them, nobody else, and only unchanged."""

from __future__ import annotations

import base64

import pytest

from app.assessment import sealing

SECRET = "a secret of this test"


def test_what_is_sealed_to_the_server_the_server_opens():
    sealed = sealing.seal(sealing.public_key(SECRET), "ответ".encode())
    assert sealing.unseal(SECRET, sealed).decode() == "ответ"


def test_the_key_is_the_same_after_a_restart_and_another_with_another_secret():
    sealing._private_key.cache_clear()
    first = sealing.public_key(SECRET)
    sealing._private_key.cache_clear()
    assert sealing.public_key(SECRET) == first != sealing.public_key(SECRET + "x")


@pytest.mark.parametrize("part", ["key", "iv", "data"])
def test_a_flipped_byte_is_refused(part):
    sealed = sealing.seal(sealing.public_key(SECRET), b"answer")
    changed = bytearray(base64.b64decode(sealed[part]))
    changed[-1] ^= 1
    sealed[part] = base64.b64encode(changed).decode()
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(SECRET, sealed)


@pytest.mark.parametrize("sealed", [{}, {"key": "", "iv": "", "data": ""}, {"key": 1, "iv": "ü"}])
def test_what_was_never_sealed_is_refused(sealed):
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(SECRET, sealed)


def test_another_server_cannot_open_it():
    sealed = sealing.seal(sealing.public_key(SECRET), b"answer")
    with pytest.raises(sealing.SealBroken):
        sealing.unseal("another secret", sealed)
