"""A text that is too long is cut where it hurts least, and Telegram still takes it."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.tags import parse_html
from bot.telegram.shorten import ELLIPSIS, shorten, units, visible

TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("。，\n &<>\"'汉字😀a"), max_size=60)
NAMES = ["b", "i", "u", "s", "code", "tg-spoiler", "blockquote"]


@st.composite
def rendered(draw: st.DrawFn, depth: int = 2) -> str:
    """HTML as our words write it: escaped text, nested tags, links."""
    parts = [html.escape(draw(TYPED))]
    if depth:
        for _ in range(draw(st.integers(0, 3))):
            inner = draw(rendered(depth=depth - 1))
            name = draw(st.sampled_from([*NAMES, "a"]))
            opening = '<a href="https://t.me/x?a=1&amp;b=&quot;2&gt;">' if name == "a" else f"<{name}>"
            parts.append(f"{opening}{inner}</{name}>{html.escape(draw(TYPED))}")
    return "".join(parts)


@settings(deadline=None)
@given(rendered(), st.integers(1, 120))
def test_what_is_cut_fits_and_telegram_takes_it(source: str, limit: int) -> None:
    text, _ = parse_html(shorten(source, limit))
    whole, _ = parse_html(source)
    assert units(text) <= limit
    if units(whole) <= limit:
        assert text == whole
    else:
        assert text.endswith(ELLIPSIS)
        assert whole.startswith(text.removesuffix(ELLIPSIS))


@settings(deadline=None)
@given(rendered())
def test_what_is_seen_is_what_telegram_sees(source: str) -> None:
    assert visible(source) == parse_html(source)[0]


@settings(deadline=None)
@given(rendered())
def test_what_fits_is_not_touched(source: str) -> None:
    assert shorten(source, units(visible(source))) == source


@pytest.mark.parametrize(
    ("source", "limit", "cut"),
    [
        ("短", 10, "短"),
        ("第一句。第二句很长很长很长。", 8, "第一句。…"),
        ("first line\nsecond line", 15, "first line…"),
        ("one two three", 10, "one two…"),
        ("没有标点的一串汉字", 5, "没有标点…"),
        ("<b>一二三四五六</b>", 4, "<b>一二三…</b>"),
        ("<b>一<i>二三四</i></b>五", 3, "<b>一<i>二…</i></b>"),
        ('<a href="https://a.b/?x=&gt;">一二三四</a>', 3, '<a href="https://a.b/?x=&gt;">一二…</a>'),
        ("a&amp;b&lt;c&gt;d", 4, "a&amp;b…"),
        ("😀😀😀", 5, "😀😀…"),
        ("😀😀😀", 4, "😀…"),
        ("&nbsp;x", 6, "&nbsp…"),
        ("一二", 1, "…"),
    ],
)
def test_where_it_is_cut(source: str, limit: int, cut: str) -> None:
    assert shorten(source, limit) == cut


def test_units_are_those_of_utf_16() -> None:
    assert [units(text) for text in ("", "a汉", "😀", "👨‍👩‍👧")] == [0, 2, 2, 8]
