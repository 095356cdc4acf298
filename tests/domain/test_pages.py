"""Long lists, page by page."""

import pytest

from domain.pages import turned_to


@pytest.mark.parametrize(
    ("number", "count", "shown", "pages", "turns"),
    [
        pytest.param(0, 0, (0, 0), 1, [], id="empty"),
        pytest.param(0, 8, (0, 8), 1, [], id="just one page"),
        pytest.param(0, 9, (0, 8), 2, [("next", "1")], id="the first"),
        pytest.param(1, 17, (8, 16), 3, [("previous", "0"), ("next", "2")], id="in the middle"),
        pytest.param(2, 17, (16, 17), 3, [("previous", "1")], id="the last"),
        pytest.param(2, 16, (8, 16), 2, [("previous", "0")], id="one that is no more"),
        pytest.param(1, 0, (0, 0), 1, [], id="of a list that is empty now"),
    ],
)
def test_a_page_and_the_buttons_that_turn_it(
    number: int, count: int, shown: tuple[int, int], pages: int, turns: list[tuple[str, str]]
) -> None:
    page = turned_to(number, count, 8)
    listed = range(count)[page.offset : page.offset + page.size]
    assert (len(listed), listed[:1]) == (shown[1] - shown[0], range(*shown)[:1])
    assert page.pages == pages
    assert [(option.label, option.argument) for option in page.turns("turn")] == turns
