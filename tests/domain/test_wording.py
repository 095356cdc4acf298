"""Words by which something is recognised, and nothing else with them."""

from dataclasses import replace

import pytest

from domain.district import District
from domain.wording import calls_off


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("取消", True),
        (" 取消。", True),
        ("Cancel", True),
        ("CANCEL!", True),
        ("", False),
        ("取消挂账", False),
        ("不取消", False),
        ("请取消这个垃圾点", False),
    ],
)
def test_only_the_bare_word_leaves(ximing: District, text: str, leaves: bool) -> None:
    district = replace(ximing, words={"cancel": ("取消", "Cancel")})
    assert calls_off(text, district) is leaves
    assert not calls_off(text, replace(ximing, words={}))
