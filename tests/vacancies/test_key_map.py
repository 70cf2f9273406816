"""The map of 64-bit keys behaves as a dict, whatever it has sorted in already."""

from __future__ import annotations

import random

import pytest

from vacancies.key_map import KeyMap, key_of, posting_key


@pytest.mark.parametrize("number", [0, 1, 5000, 30_000], ids=["empty", "one", "sorted-once", "sorted-often"])
def test_it_holds_what_a_dict_holds(number: int) -> None:
    chance = random.Random(number)
    expected: dict[int, int] = {}
    found = KeyMap()
    for value in range(number):
        key = chance.choice([value % 97, chance.getrandbits(64)])
        assert found.put(key, value) is (key not in expected)
        expected[key] = value
    assert len(found) == len(expected)
    assert list(found.values()) == sorted(expected.values())
    assert {key: found.get(key) for key in expected} == expected
    assert all(key in found for key in expected)
    assert found.get(98) is None
    assert 98 not in found


def test_keys_are_whole_numbers_of_64_bits() -> None:
    assert posting_key("ffffffffffffffff0000000000000000") == (1 << 64) - 1
    assert 0 <= key_of("a text") < 1 << 64
    assert KeyMap().put(posting_key("f" * 32))
