import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.followup.rules import PercentOutOfRange, Rating, Satisfaction, checked_percent, count


def test_more_than_a_third_dissatisfied_suggests_rework() -> None:
    assert Satisfaction(2, 0, 1).suggests_rework is False  # exactly a third
    assert Satisfaction(1, 0, 1).suggests_rework is True
    assert Satisfaction(0, 0, 0).suggests_rework is False


def test_a_count_is_said_in_words() -> None:
    assert Satisfaction(8, 3, 1).words == "满意 8、基本满意 3、不满意 1，共 12 份"


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_beyond_the_whole_is_refused(percent: int) -> None:
    with pytest.raises(PercentOutOfRange):
        checked_percent(percent)


@given(st.lists(st.sampled_from(list(Rating))), st.randoms())
def test_a_count_never_depends_on_the_order_of_forms(ratings, random) -> None:
    shuffled = random.sample(ratings, len(ratings))
    assert count(ratings) == count(shuffled)
    assert count(ratings).returned == len(ratings)
