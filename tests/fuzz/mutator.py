"""How is a whole file damaged, so that the same seed always gives the same damage?"""

import random
import re
from collections.abc import Callable

_NUMBER = re.compile(rb"\d+")
_NAME = re.compile(rb"/[A-Za-z]+")
_ODD_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"2147483647",
    b"4294967296",
    b"99999999999999999999",
    b"1e400",
    b"0.0000001",
)
_ODD_BYTES = (b"\0", b"\xff", b"<<", b">>", b"[", b"]", b"(", b"endobj", b"stream\n", b"%%EOF\n", b"1 0 R", b"null")


def mutate(data: bytes, seed: int) -> bytes:
    """Return the file with one to four kinds of damage."""
    chance = random.Random(seed)  # noqa: S311 - damage, no secret
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _flip_bits(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 8, 64, 512))):
        if broken:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _cut_end(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _blank_out(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + chance.choice((b"\0", b" ", b"\xff")) * (end - start) + data[end:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:end] + data[start:end] * chance.randint(1, 8) + data[end:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[start:end][::-1] + data[end:]


def _odd_number(data: bytes, chance: random.Random) -> bytes:
    return _replace_one(data, _NUMBER, chance.choice(_ODD_NUMBERS), chance)


def _other_name(data: bytes, chance: random.Random) -> bytes:
    names = _NAME.findall(data[:200_000])
    return _replace_one(data, _NAME, chance.choice(names) if names else b"/X", chance)


def _put_in(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_ODD_BYTES) * chance.choice((1, 3, 1000)) + data[at:]


def _replace_one(data: bytes, what: re.Pattern[bytes], new: bytes, chance: random.Random) -> bytes:
    found = list(what.finditer(data))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start()] + new + data[match.end() :]


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 16, 256, 4096, 65_536)))


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip_bits, _cut_end, _cut_out, _blank_out, _repeat, _swap, _odd_number, _odd_number, _other_name, _put_in),
)
