"""Telegram's HTML."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.formatting import Entity, Formatted, plain, trimmed, units
from bot.sandbox.tags import parse_html


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>好</b>", "好", [Entity("bold", 0, 1)]),
        ("😀<I>x</i>", "😀x", [Entity("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [Entity("bold", 0, 2), Entity("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ("&lt;b&gt; &amp; &quot;&#20320;&#x597d;", '<b> & "你好', []),
        ("&nbsp; &", "&nbsp; &", []),
        ('<a href="https://a.cn/?x=1&amp;y=2">去</a>', "去", [Entity("text_link", 0, 1, url="https://a.cn/?x=1&y=2")]),
        ('<a href="tg://user?id=77">王</a>', "王", [Entity("text_mention", 0, 1, user_id=77)]),
        ("<a>a.cn</a>", "a.cn", [Entity("text_link", 0, 4, url="http://a.cn/")]),
        ("<a href='nowhere'>x</a>", "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [Entity("spoiler", 0, 1)]),
        ("<pre><code class='language-py'>x</code></pre>", "x", [Entity("pre", 0, 1, language="py")]),
        ("<code>x</code>", "x", [Entity("code", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [Entity("expandable_blockquote", 0, 1)]),
        (
            '<tg-time unix="1776700000" format="wDT">下周一</tg-time>',
            "下周一",
            [Entity("date_time", 0, 3, unix_time=1_776_700_000, date_time_format="wDT")],
        ),
        ('<tg-emoji emoji-id="5">😀</tg-emoji>', "😀", [Entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
    ],
)
def test_html_becomes_text_and_entities(html: str, text: str, entities: list[Entity]) -> None:
    assert parse_html(html) == (text, tuple(entities))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    assert parse_html(escape(text)) == (text, ())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_units_are_what_utf_16_needs(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(st.text(alphabet=" \n\t长x😀", max_size=12), st.text(alphabet=" \n长x😀", max_size=12))
def test_trimming_keeps_entities_on_their_words(before: str, bold: str) -> None:
    text, entities = parse_html(f"{before}<b>{bold}</b>")
    words = trimmed(Formatted(text, entities))
    assert bool(words.entities) is bool(bold.strip())
    for entity in words.entities:
        marked = words.text.encode("utf-16-le")[entity.offset * 2 : (entity.offset + entity.length) * 2]
        assert marked.decode("utf-16-le") == bold.rstrip()


@pytest.mark.parametrize(
    ("html", "shape"),
    [
        ("<b>x</b>", {"type": "bold", "offset": 0, "length": 1}),
        ("<code class='language-py'>x</code>", {"type": "code", "offset": 0, "length": 1}),
        (
            "<pre><code class='language-py'>x</code></pre>",
            {"type": "pre", "offset": 0, "length": 1, "language": "py"},
        ),
        (
            '<a href="https://a.cn">x</a>',
            {"type": "text_link", "offset": 0, "length": 1, "url": "https://a.cn"},
        ),
    ],
)
def test_entities_show_only_their_own_fields(html: str, shape: dict[str, object]) -> None:
    assert [entity.as_json() for entity in parse_html(html)[1]] == [shape]


def test_commands_links_mentions_and_tags_are_found() -> None:
    found = {(e.type, e.offset, e.length) for e in plain("/start@x_bot 见 https://a.cn #卫生 @wang_1").entities}
    assert found == {("bot_command", 0, 12), ("url", 15, 12), ("hashtag", 28, 3), ("mention", 32, 7)}
