"""What the problem is. How often it is right stands in test_accuracy; here, how the words are weighed."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import pytest

from domain.category import Category
from domain.district import District
from reading.categories import Categories, Judgement


@pytest.fixture(scope="module")
def plain(ximing: District) -> District:
    """Three categories with few words."""

    def category(code: str, *keywords: str) -> Category:
        return replace(ximing.categories[code], keywords=keywords)

    categories = {
        "0301": category("0301", "垃圾", "没人收", "垃圾车"),
        "0401": category("0401", "小区", "垃圾", "院子"),
        "0901": category("0901", "井盖", "井盖+没"),
    }
    return replace(ximing, categories=categories, words={})


def judged(district: District, text: str, named: Collection[int] = (), types: Iterable[str] = ()) -> Judgement:
    return Categories(district).judge(text, named, types)


def test_no_known_word_is_no_category(plain: District) -> None:
    assert judged(plain, "门口太乱了") == Judgement()


def test_the_category_with_more_words_comes_first(plain: District) -> None:
    assert judged(plain, "垃圾没人收").categories == ("0301", "0401")


def test_a_word_two_categories_share_says_half_for_each(plain: District) -> None:
    assert judged(plain, "垃圾").score == 1.0
    assert judged(plain, "井盖").score == 2.0


def test_words_together_say_more(plain: District) -> None:
    assert judged(plain, "井盖没了").words == ("井盖", "井盖+没")
    assert judged(plain, "井盖没了").clear


def test_one_word_alone_is_never_clear(plain: District) -> None:
    assert not judged(plain, "没人收").clear


def test_each_further_word_says_less(plain: District) -> None:
    assert judged(plain, "垃圾车").score == 3.0
    assert judged(plain, "垃圾车，没人收").score == 4.5


def test_two_problems_in_one_text_are_not_clear(plain: District) -> None:
    assert judged(plain, "垃圾车，没人收").clear
    assert not judged(plain, "垃圾车，没人收，井盖没了").clear


def test_two_weak_words_are_not_clear(plain: District) -> None:
    assert judged(plain, "小区垃圾").categories == ("0401", "0301")
    assert not judged(plain, "小区垃圾").clear


def test_a_word_said_often_counts_once(plain: District) -> None:
    assert judged(plain, "井盖井盖井盖").score == judged(plain, "井盖").score


def test_a_word_inside_a_longer_one_is_that_one(plain: District) -> None:
    assert judged(plain, "垃圾车").categories == ("0301",)


def test_a_word_in_a_places_name_says_less(plain: District) -> None:
    assert judged(plain, "院子", named={0, 1}).score < judged(plain, "院子").score


def test_the_type_of_the_place_settles_a_draw(plain: District) -> None:
    typed = replace(plain, words={"categories.types.estate": ("0401",)})
    assert judged(plain, "垃圾").categories == ("0301", "0401")
    assert judged(typed, "垃圾", types=["estate"]).categories == ("0401", "0301")


def test_lists_of_words_add_to_the_keywords_and_mute_words_take_away(plain: District) -> None:
    worded = replace(plain, words={"categories.0901": ("马葫芦",), "categories.mute": ("小区门口",)})
    assert judged(worded, "马葫芦").categories == ("0901",)
    assert judged(worded, "小区门口").categories == ()


def test_at_most_three_are_suggested(ximing: District) -> None:
    assert len(judged(ximing, "垃圾噪音狗井盖路灯停车").categories) == 3
