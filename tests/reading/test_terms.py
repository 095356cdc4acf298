"""Words found in texts, against the plain way of finding them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reading.phrases import NEAR, Phrases, parts
from reading.terms import Terms
from reading.text import clause_numbers, squeeze

FEW = st.text("ab,", max_size=12)
WORDS = st.lists(st.text("ab", min_size=1, max_size=4), max_size=6)


def test_squeezing_forgets_width_case_and_spaces() -> None:
    assert squeeze(" Ｗｉ－Ｆｉ\u200b 滨 江\u3000１号 ") == "wi-fi滨江1号"


def test_squeezing_keeps_lines_apart() -> None:
    assert squeeze("光明小区 \r\n 路灯") == "光明小区\n路灯"


def test_clauses_end_at_whatever_is_neither_letter_nor_digit() -> None:
    assert clause_numbers("甲乙，丙！") == [0, 0, 1, 1, 2]


@given(text=FEW, words=WORDS)
def test_every_occurrence_is_found(text: str, words: list[str]) -> None:
    found = {(hit.start, hit.word) for hit in Terms((word, word) for word in words).every(text)}
    assert found == {(at, word) for word in words for at in range(len(text)) if text.startswith(word, at)}


@given(text=FEW, words=WORDS)
def test_the_longest_do_not_overlap_and_hide_nothing_longer(text: str, words: list[str]) -> None:
    terms = Terms((word, word) for word in words)
    longest = terms.longest(text)
    assert all(one.end <= other.start for one, other in pairwise(longest))
    for hit in terms.every(text):
        rivals = [kept for kept in longest if kept.start < hit.end and hit.start < kept.end]
        assert any(len(kept.word) >= len(hit.word) for kept in rivals)


def test_a_word_given_twice_means_both() -> None:
    (hit,) = Terms([("早市", 1), ("早市", 2)]).longest("早市")
    assert hit.meanings == (1, 2)


def found(text: str, *phrases: str, mute: tuple[str, ...] = ()) -> list[str]:
    index = Phrases(((parts(phrase), phrase) for phrase in phrases), mute=mute)
    return [match.phrase.meaning for match in index.find(text)]


def test_the_words_of_a_phrase_stand_near_each_other_in_either_order() -> None:
    assert found("垃圾桶满了", "桶+满") == ["桶+满"]
    assert found("满了的桶", "桶+满") == ["桶+满"]
    assert found("桶" + "，" * NEAR + "满", "桶+满") == ["桶+满"]
    assert found("桶" + "，" * (NEAR + 1) + "满", "桶+满") == []


def test_a_phrase_of_one_word_does_not_count_inside_another() -> None:
    assert found("渣土车撒漏", "渣土车", "渣土车撒漏") == ["渣土车撒漏"]


def test_a_part_of_a_phrase_counts_inside_a_longer_word() -> None:
    assert found("垃圾桶满", "垃圾桶", "垃圾+满") == ["垃圾桶", "垃圾+满"]


def test_mute_words_hide_what_is_in_them() -> None:
    assert found("灭火器，着火", "火", mute=("灭火器",)) == ["火"]
    assert found("灭火器", "火", "火+器", mute=("灭火器",)) == []
