"""Rows of buttons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.keyboard import WIDEST_ROW, inline_keyboard, pack, width
from domain.messages import Action, Style


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ([], []),
        (["提交"], [["提交"]]),
        (
            ["接单", "退回", "整改完成", "申请延期", "挂账", "更多"],
            [["接单", "退回", "整改完成"], ["申请延期", "挂账", "更多"]],
        ),
        (["是同一个问题", "另报"], [["是同一个问题", "另报"]]),
        (["是同一个问题", "另报", "放弃"], [["是同一个问题", "另报"], ["放弃"]]),
        (["道路交通设施破损缺失", "绿化", "路灯"], [["道路交通设施破损缺失"], ["绿化", "路灯"]]),
        (["a", "b", "c", "d"], [["a", "b", "c"], ["d"]]),
        (["Acknowledge", "Return"], [["Acknowledge", "Return"]]),
        (["Ask for more time", "Return"], [["Ask for more time"], ["Return"]]),
    ],
)
def test_how_buttons_stand_side_by_side(labels: list[str], rows: list[list[str]]) -> None:
    assert [[labels[place] for place in row] for row in pack([width(label) for label in labels])] == rows


@settings(deadline=None)
@given(st.lists(st.integers(0, 60)))
def test_no_button_is_lost_or_moved_and_no_row_is_wider_than_three(widths: list[int]) -> None:
    rows = pack(widths)
    assert [place for row in rows for place in row] == list(range(len(widths)))
    assert all(1 <= len(row) <= WIDEST_ROW for row in rows)


def test_chinese_characters_are_twice_as_wide() -> None:
    assert [width(text) for text in ("ab", "接单", "接a，")] == [2, 4, 5]


def test_an_action_becomes_a_button_with_its_token_or_its_link() -> None:
    actions = (
        Action("tok1", "acknowledge", style=Style.SUCCESS),
        Action("", "return", link="r_7", style=Style.DANGER),
        Action("tok3", "more"),
    )
    keyboard = inline_keyboard(actions, lambda action: action.label, lambda scene: f"https://t.me/x?start={scene}")
    assert keyboard is not None
    assert keyboard.to_dict() == {
        "inline_keyboard": [
            [
                {"text": "acknowledge", "callback_data": "tok1", "style": "success"},
                {"text": "return", "url": "https://t.me/x?start=r_7", "style": "danger"},
            ],
            [{"text": "more", "callback_data": "tok3"}],
        ]
    }


def test_no_actions_make_no_keyboard() -> None:
    assert inline_keyboard((), str, str) is None
