"""The reporting conversation: in whatever order it comes, it makes the same report; nobody is sent round in circles."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.draft import Draft, Gap, Menu, gaps
from domain.gist import Place
from domain.intake import Addition, add, choose_category, choose_place, open_menu, submit, unclear
from tests.domain.drafting import (
    AMBIGUOUS,
    AT_HOME,
    AT_THE_FIRST,
    AT_THE_SECOND,
    BEYOND,
    CLEAR,
    DANGER,
    EMPTY,
    FIRST_ESTATE,
    HOME,
    IN_THE_STREET,
    MARKET,
    NOW,
    PHOTO,
    PLACED,
    SAME_STREET,
    SECOND_ESTATE,
    STREET,
    TWO_PHOTOS,
    VOICE,
    Move,
    chose,
    drafted,
    said,
    sent,
)


def report(draft: Draft) -> object:
    """What makes up the report, whatever the order of what came."""
    words = sorted(sentence.words for sentence in draft.sentences)
    return draft.photos, draft.sounds, words, draft.category, draft.place, draft.numbers, draft.urgent, gaps(draft)


@pytest.mark.parametrize(
    ("moves", "category", "place"),
    [
        pytest.param([PHOTO, TWO_PHOTOS, CLEAR, PLACED, HOME], "1001", MARKET, id="words beat the position"),
        pytest.param([PHOTO, CLEAR, sent(at=IN_THE_STREET)], "1001", IN_THE_STREET, id="the position alone"),
        pytest.param([VOICE, chose("0304"), chose(place=MARKET), HOME, DANGER], "0304", MARKET, id="buttons"),
        pytest.param([PHOTO, CLEAR, chose("0402"), PLACED], "0402", MARKET, id="a button beats the suggestion"),
        pytest.param(
            [PHOTO, CLEAR, AMBIGUOUS, sent(at=AT_THE_SECOND)], "1001", SECOND_ESTATE, id="the position settles a name"
        ),
        pytest.param([PHOTO, CLEAR, SAME_STREET, sent(at=AT_THE_FIRST)], "1001", FIRST_ESTATE, id="also in one street"),
        pytest.param([PHOTO, CLEAR, AMBIGUOUS, chose(place=FIRST_ESTATE)], "1001", FIRST_ESTATE, id="so does a button"),
    ],
)
def test_the_order_does_not_matter(moves: Sequence[Move], category: str, place: Place) -> None:
    """Every order gives the same complete report."""
    assert drafted(*moves).category == category
    assert drafted(*moves).place == place
    assert gaps(drafted(*moves)) == ()

    @settings(max_examples=25, deadline=None)
    @given(st.permutations(moves))
    def in_any_order(order: Sequence[Move]) -> None:
        assert report(drafted(*order)) == report(drafted(*moves))

    in_any_order()


# What is understood


def test_a_photo_alone_asks_for_place_and_category() -> None:
    """A sentence with a known place and a clear category asks for nothing."""
    assert gaps(EMPTY) == (Gap.CONTENT, Gap.PLACE, Gap.CATEGORY)
    assert gaps(drafted(PHOTO)) == (Gap.PLACE, Gap.CATEGORY)
    assert gaps(drafted(said("长江农贸市场堆着旧轮胎", place=MARKET, categories=("1001",), clear=True))) == ()


@pytest.mark.parametrize("move", [PHOTO, VOICE, said("有点脏")])
def test_a_photo_a_voice_message_or_a_sentence_says_what_is_wrong(move: Move) -> None:
    """A position does not."""
    assert drafted(move).has_content
    assert not drafted(HOME).has_content


def test_a_suggestion_that_is_not_clear_is_only_offered() -> None:
    """One tap away."""
    draft = drafted(said("脏", categories=("0303", "0304")))
    assert draft.category is None
    assert draft.categories == ("0303", "0304")


def test_what_the_person_chose_is_not_overturned_by_words() -> None:
    """However clear they are."""
    assert drafted(chose("0402"), CLEAR).category == "0402"


def test_a_street_named_in_words_takes_the_community_from_a_position_in_it() -> None:
    """And keeps the name in the words; a position elsewhere says nothing about it."""
    named = said("长江街道", place=STREET)
    assert drafted(named, sent(at=IN_THE_STREET)).place == replace(IN_THE_STREET, name="长江街道")
    assert drafted(named, HOME).place == STREET


def test_a_later_place_wins_over_an_earlier_one() -> None:
    """People correct themselves; a later position as well."""
    assert drafted(PLACED, said("不对，是桥头", "m9", place=SECOND_ESTATE)).place == SECOND_ESTATE
    assert drafted(HOME, sent(at=IN_THE_STREET)).place == IN_THE_STREET


def test_a_name_that_means_two_places_is_asked_about() -> None:
    """One of them picked, nothing is open any more."""
    draft = drafted(PHOTO, CLEAR, AMBIGUOUS)
    assert gaps(draft) == (Gap.PLACE,)
    assert gaps(choose_place(draft, FIRST_ESTATE, NOW)) == ()


def test_names_in_one_street_settle_the_street() -> None:
    """That is enough to file; which of them is meant is only offered."""
    draft = drafted(PHOTO, CLEAR, SAME_STREET)
    assert gaps(draft) == ()
    assert draft.place == STREET
    assert draft.open_places == (MARKET, FIRST_ESTATE)


def test_a_name_settled_once_stays_settled() -> None:
    """Who moves on and shares another position is not taken for meaning another place."""
    settled = drafted(PHOTO, CLEAR, AMBIGUOUS, sent(at=AT_THE_SECOND))
    assert sent(at=AT_THE_FIRST)(settled).place == SECOND_ESTATE


def test_people_report_from_home() -> None:
    """A position at neither of the two places named does not settle which is meant; it is what is left with 说不清."""
    draft = drafted(PHOTO, CLEAR, AMBIGUOUS, HOME)
    assert gaps(draft) == (Gap.PLACE,)
    assert draft.open_places == (FIRST_ESTATE, SECOND_ESTATE)
    assert gaps(unclear(draft, Gap.PLACE, NOW)) == ()
    assert unclear(draft, Gap.PLACE, NOW).place == AT_HOME


@pytest.mark.parametrize("place", [BEYOND, Place(None, None, None, 41.3, 123.7, how="position")])
def test_a_position_in_no_street_of_the_district_is_no_place(place: Place) -> None:
    """The place is still asked for."""
    assert gaps(drafted(PHOTO, CLEAR, sent(at=place))) == (Gap.PLACE,)


def test_a_new_version_of_a_message_takes_the_place_of_the_old_one() -> None:
    """Its words, and what they say now."""
    draft = drafted(
        said("长江市场脏", "m1", place=MARKET), said("快来", "m2"), said("幸福里脏", "m1", place=FIRST_ESTATE)
    )
    assert draft.words == "幸福里脏\n快来"
    assert draft.place == FIRST_ESTATE


@pytest.mark.parametrize(
    ("moves", "category"),
    [
        pytest.param([CLEAR, said("井盖丢了", "m2", categories=("0901",), clear=True)], "0901", id="changed"),
        pytest.param([CLEAR, said("不对，井盖", "m9", categories=("0901",), clear=True)], "0901", id="said later"),
        pytest.param([CLEAR, said("快来", "m9")], "1001", id="nothing said later"),
        pytest.param([CLEAR, said("有点脏", "m2", categories=("0303", "0304"))], None, id="changed, and not clear"),
        pytest.param([CLEAR, said("", "m2")], None, id="emptied"),
        pytest.param([chose("0402"), CLEAR, said("井盖", "m2", categories=("0901",), clear=True)], "0402", id="chosen"),
        pytest.param([CLEAR, chose("0402"), said("", "m2")], "0402", id="chosen instead"),
    ],
)
def test_a_category_that_was_read_follows_the_words_and_one_that_was_chosen_stays(
    moves: Sequence[Move], category: str | None
) -> None:
    assert drafted(*moves).category == category


@pytest.mark.parametrize(
    ("moves", "place"),
    [
        pytest.param([PLACED, said("路边", "m3")], None, id="taken out of the words"),
        pytest.param([PLACED, said("路边", "m3"), HOME], AT_HOME, id="taken out, and a position"),
        pytest.param([AMBIGUOUS, said("路边", "m5")], None, id="an open name taken out"),
        pytest.param([chose(place=FIRST_ESTATE), PLACED], FIRST_ESTATE, id="chosen"),
        pytest.param([PLACED, chose(place=SECOND_ESTATE), said("路边", "m3")], SECOND_ESTATE, id="chosen instead"),
        pytest.param([chose(place=STREET), PLACED], STREET, id="a street with a name, chosen"),
        pytest.param([chose(place=Place(street="S01")), PLACED], MARKET, id="a name in the street chosen"),
        pytest.param([PLACED, chose(place=Place(None, "S01", "S01C01"))], MARKET, id="its community chosen"),
        pytest.param(
            [chose(place=Place(None, "S01", "S01C02")), PLACED], Place(None, "S01", "S01C02"), id="another chosen"
        ),
    ],
)
def test_a_place_that_was_read_follows_the_words_and_one_that_was_chosen_stays(
    moves: Sequence[Move], place: Place | None
) -> None:
    """A name of something in the street or community that was chosen makes it more exact."""
    draft = drafted(*moves)
    assert draft.place == place
    assert draft.open_places == ()


def test_a_danger_that_was_only_misread_goes_with_its_words() -> None:
    """One that was told with a number to call stays a danger."""
    misread = said("井盖", "m2", categories=("0901",), clear=True, urgent=True)
    assert not drafted(misread, CLEAR).urgent
    assert drafted(DANGER, said("没事了", "m4")).numbers == ("119",)


def test_a_message_emptied_afterwards_leaves_no_words() -> None:
    """Nor an empty line."""
    assert drafted(said("脏", "m1"), said("快来", "m2"), said("", "m1")).words == "快来"


def test_numbers_and_danger_stay_once_they_were_told() -> None:
    """Each number once."""
    draft = drafted(DANGER, said("着火了", "m6", numbers=("119", "120")), said("没事了", "m7"))
    assert (draft.numbers, draft.urgent) == (("119", "120"), True)


def test_every_addition_is_a_new_face_of_the_card() -> None:
    """Buttons of an older one can be told."""
    moves = (PHOTO, CLEAR, chose("0304"), chose(place=MARKET), HOME)
    assert drafted(*moves).rev == len(moves)


# 提交


def test_a_complete_report_needs_one_tap() -> None:
    """Nothing is asked."""
    draft, ready = submit(drafted(PHOTO, CLEAR, PLACED), NOW)
    assert ready
    assert draft.menu is Menu.NONE


def test_each_missing_thing_is_asked_once() -> None:
    """First the place, then the category; then it is filed as it is."""
    draft, ready = submit(drafted(PHOTO), NOW)
    assert (ready, draft.menu, draft.asked) == (False, Menu.STREETS, frozenset({Gap.PLACE}))
    draft, ready = submit(draft, NOW)
    assert (ready, draft.menu, draft.asked) == (False, Menu.GROUPS, frozenset({Gap.PLACE, Gap.CATEGORY}))
    draft, ready = submit(draft, NOW)
    assert (ready, draft.menu) == (True, Menu.NONE)
    assert draft.unclear == {Gap.PLACE, Gap.CATEGORY}


@pytest.mark.parametrize("gap", [Gap.PLACE, Gap.CATEGORY])
def test_unclear_is_an_answer(gap: Gap) -> None:
    """It is not asked for again, and the menu closes."""
    draft, _ = submit(drafted(PHOTO), NOW)
    draft = unclear(draft, gap, NOW)
    assert gap not in gaps(draft)
    assert draft.menu is Menu.NONE


def test_what_was_unclear_can_become_clear() -> None:
    """An answer given later counts."""
    draft = unclear(unclear(drafted(PHOTO), Gap.PLACE, NOW), Gap.CATEGORY, NOW)
    draft = choose_category(choose_place(draft, MARKET, NOW), "0304", NOW)
    assert (draft.place, draft.category, draft.unclear) == (MARKET, "0304", frozenset())


def test_nothing_is_filed_without_something_that_says_what_is_wrong() -> None:
    """However often it is pressed; what is known of place and category is kept."""
    draft = drafted(HOME, chose("0304"))
    for _ in range(5):
        draft, ready = submit(draft, NOW)
        assert not ready
    assert (draft.place, draft.category) == (AT_HOME, "0304")
    assert submit(PHOTO(draft), NOW)[1]


MOVES: list[Move] = [
    PHOTO,
    VOICE,
    HOME,
    CLEAR,
    PLACED,
    DANGER,
    AMBIGUOUS,
    sent(at=BEYOND),
    chose("0304"),
    chose(place=FIRST_ESTATE),
    said("改了", "m2"),
    lambda draft: unclear(draft, Gap.PLACE, NOW),
    lambda draft: unclear(draft, Gap.CATEGORY, NOW),
    lambda draft: open_menu(draft, Menu.CATEGORIES, "A3", NOW),
    lambda draft: submit(draft, NOW)[0],
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MOVES), max_size=8))
def test_three_presses_file_whatever_has_content(moves: list[Move]) -> None:
    """Two things can be asked for; the third press files in any case."""
    draft = drafted(*moves)
    presses = 0
    ready = False
    while not ready and presses < 3:
        draft, ready = submit(draft, NOW)
        presses += 1
    assert ready is draft.has_content


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MOVES), max_size=8))
def test_nothing_that_was_sent_is_lost(moves: list[Move]) -> None:
    """Pictures and words only ever grow in number, whatever is pressed."""
    draft = EMPTY
    for move in moves:
        after = move(draft)
        assert after.photos >= draft.photos
        assert after.sounds >= draft.sounds
        assert {sentence.handle for sentence in after.sentences} >= {sentence.handle for sentence in draft.sentences}
        draft = after


def test_a_choice_touches_the_draft() -> None:
    """Whoever is pressing buttons is not filed over."""
    later = NOW + timedelta(minutes=9)
    for touched in (
        choose_category(EMPTY, "0304", later),
        choose_place(EMPTY, MARKET, later),
        open_menu(EMPTY, Menu.GROUPS, "", later),
        unclear(EMPTY, Gap.PLACE, later),
        add(EMPTY, Addition(photos=1), later),
        submit(drafted(PHOTO), later)[0],
    ):
        assert touched.touched_at == later
