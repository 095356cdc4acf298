"""Stories are told in English as well: what stands there is asked about in Chinese, and found by its key."""

import pytest

from tests.stories.english import Reading


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("接单", "Accept"),
        ("解除屏蔽 7", "Unblock 7"),
        ("照片 2 张", "📝 Your report\n📷 Photos: 2"),
        ("XM-260421-001：已退回创城办", "XM-260421-001: Returned to the office."),
        ("状态=整改中", "Find cases · state: being fixed (page 1)"),
        ("旧轮胎", "💬 长江市场门口的旧轮胎"),
    ],
)
def test_a_text_says_in_english_what_is_asked_in_chinese(chinese: str, english: str) -> None:
    assert chinese in Reading(english)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("接单", "Return"),
        ("照片 2 张", "📷 Photos: 3"),
        ("整改中", "📋 State: closed"),
        ("要别人来办", "这一步要别人来办。"),
        ("XM-260421-001：已退回创城办", "XM-260421-002: Returned to the office."),
    ],
)
def test_another_text_does_not(chinese: str, english: str) -> None:
    assert chinese not in Reading(english)


def test_a_button_is_known_by_its_whole_label() -> None:
    assert [Reading("Pass"), Reading("Fail")] == ["通过", "不通过"]
    assert Reading("Fail") != "通过"
