"""The corner codes and the QR patterns that carry them."""

from __future__ import annotations

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents import qr
from desktop.documents.corner_codes import (
    DIGITS,
    LAST_FORM,
    LAST_SERIAL,
    Corner,
    Place,
    check_characters,
    decode,
    encode,
)
from desktop.errors import UserError

corners = st.builds(
    Corner,
    form=st.integers(1, LAST_FORM),
    version=st.integers(1, 35),
    serial=st.integers(0, LAST_SERIAL),
    page=st.integers(1, 35),
    place=st.sampled_from(Place),
)


def test_check_characters_are_those_of_the_standard():
    assert check_characters("ISO79") == "3W"  # the example printed in ISO 7064


def test_a_code_reads_as_its_parts():
    code = encode(Corner(form=3, version=1, serial=27, page=2, place=Place.TOP_RIGHT))

    assert code[:10] == "0031" + "000R" + "2" + "B"
    assert len(code) == 12


@given(corners)
def test_what_is_encoded_is_decoded(corner):
    assert decode(encode(corner)) == corner
    assert decode(f" {encode(corner).lower()}\n") == corner


@given(corners, st.integers(0, 11), st.sampled_from(DIGITS))
def test_every_single_wrong_character_is_caught(corner, place, character):
    code = encode(corner)
    wrong = code[:place] + character + code[place + 1 :]
    if wrong == code:
        return

    with pytest.raises(UserError, match="角码"):
        decode(wrong)


@given(corners)
def test_every_swap_of_neighbours_is_caught(corner):
    code = encode(corner)
    for place in range(11):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(UserError):
                decode(swapped)


@pytest.mark.parametrize(
    "text", ["", "0031", "003100R2B", "００３１０００Ｒ２Ｂ１１", "https://example", "①" * 12]
)
def test_what_is_no_code_is_refused_in_chinese(text):
    with pytest.raises(UserError, match="角码"):
        decode(text)


@pytest.mark.parametrize(
    "corner",
    [
        Corner(0, 1, 1, 1, Place.TOP_LEFT),
        Corner(LAST_FORM + 1, 1, 1, 1, Place.TOP_LEFT),
        Corner(1, 36, 1, 1, Place.TOP_LEFT),
        Corner(1, 1, LAST_SERIAL + 1, 1, Place.TOP_LEFT),
        Corner(1, 1, -1, 1, Place.TOP_LEFT),
        Corner(1, 1, 1, 36, Place.TOP_LEFT),
    ],
)
def test_numbers_beyond_the_code_are_refused(corner):
    with pytest.raises(UserError, match="超出范围"):
        encode(corner)


def full_encoder(text):
    code = segno.make_qr(text, error="q", version=1, mode="alphanumeric", mask=3, boost_error=False)
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]


@given(corners)
def test_the_quick_pattern_is_that_of_the_full_encoder(corner):
    text = encode(corner)

    assert qr.corner_pattern(text).rows() == full_encoder(text)


@given(st.text(st.sampled_from(qr.ALPHANUMERIC), min_size=12, max_size=12))
def test_the_quick_pattern_holds_for_every_alphanumeric_text(text):
    assert qr.corner_pattern(text).rows() == full_encoder(text)


def test_a_general_pattern_grows_with_its_text():
    assert qr.pattern("0027").side == 21
    assert qr.pattern("2026-0027 https://openday.example/回执").side > 21
