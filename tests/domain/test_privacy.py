"""Telephone and identity numbers are masked; everything else that has digits stays readable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.privacy import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800138000", "138****00"),
        ("138 0013 8000", "138****00"),
        ("138-0013-8000", "138****00"),
        ("1380-013-8000", "138****00"),
        ("+8613800138000", "+86****00"),
        ("+86 138 0013 8000", "+86****00"),
        ("86-13800138000", "86-****00"),
        ("008613800138000", "008****00"),
        ("１３８００１３８０００", "１３８****００"),
        ("024-23456789", "024****89"),
        ("02423456789", "024****89"),
        ("(024)23456789", "(024****89"),
        ("024 2345 6789", "024****89"),
        ("0413-5678901", "041****01"),
        ("11010519491231002X", "110****2X"),
        ("11010519491231002x", "110****2x"),
        ("110105194912310021", "110****21"),
        ("110105 19491231 002X", "110****2X"),
        ("电话13800138000，找老王", "电话138****00，找老王"),
        ("13800138000或024-23456789", "138****00或024****89"),
    ],
)
def test_numbers_by_which_somebody_is_found_are_masked(text: str, shown: str) -> None:
    """Mobiles, landlines, identity cards, however they are typed."""
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有数字",
        "幸福里12栋3单元1201",
        "3-2-501",
        "XM-260421-007",
        "XM-260421-007 和 XM-260421-008",
        "2026-04-21 08:30",
        "20260421",
        "一斤12.50元，收了1380元",
        "100000000元",
        "41.345488,123.763230",
        "打12345，或者110、119",
        "车牌辽E12345",
        "表号1234567890",
        "23800138000",
        "12345678901234567890",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    """House numbers, case numbers, prices, dates, positions."""
    assert masked(text) == text


mobiles = st.from_regex(r"1[3-9][0-9]( |-|)[0-9]{4}( |-|)[0-9]{4}", fullmatch=True)
cards = st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
landlines = st.from_regex(r"0[1-9][0-9]{1,2}-[2-9][0-9]{6,7}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20)


@settings(max_examples=60, deadline=None)
@given(words, mobiles | cards | landlines, words)
def test_a_number_is_masked_wherever_it_stands(before: str, number: str, after: str) -> None:
    """What stands around it is untouched, and no more than five of its characters are left."""
    shown = masked(f"{before}{number}{after}")
    assert number not in shown
    assert shown.startswith(before)
    assert shown.endswith(after)
    assert len(shown) - len(before) - len(after) <= len("138****00")


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789 -+Xx.元号", max_size=60))
def test_masking_twice_masks_no_more(text: str) -> None:
    """What is shown can be shown again."""
    assert masked(masked(text)) == masked(text)
