"""Forms: values, errors beside fields."""

from datetime import UTC, date, datetime

from consult_app.kernel.errors import Blank, Missing
from ui.widgets.form import Form


def form(qtbot) -> Form:
    found = Form()
    qtbot.addWidget(found)
    found.line("title", "议题名称", needed=True)
    found.choice("kind", "类型", (("owners", "业主大会"), ("village", "村民会议")))
    found.day("due_on", "期限", value=date(2026, 3, 18))
    found.moment("starts_at", "时间", value=datetime(2026, 3, 18, 11, 30, tzinfo=UTC))
    found.tick("taken_down", "代录")
    return found


def test_values_come_back_as_they_were_filled_in(qtbot):
    found = form(qtbot)
    found.fill(title="加装电梯", kind="village", taken_down=True)
    assert found.values() == {
        "title": "加装电梯",
        "kind": "village",
        "due_on": date(2026, 3, 18),
        "starts_at": datetime(2026, 3, 18, 11, 30, tzinfo=UTC),
        "taken_down": True,
    }


def test_a_refusal_is_said_beside_the_field_it_names(qtbot):
    found = form(qtbot)
    with found.guard():
        raise Blank(what="议题名称", field="title")
    assert found.error_of("title") == "请填写议题名称。"
    assert found.general.isHidden()


def test_a_refusal_of_no_field_is_said_under_the_form(qtbot):
    found = form(qtbot)
    with found.guard():
        raise Missing(what="议事主体", id=7)
    assert found.general.text() == "找不到议事主体 7。"


def test_typing_takes_the_error_away(qtbot):
    found = form(qtbot)
    found.show_refusal(Blank(what="议题名称", field="title"))
    qtbot.keyClicks(found.fields["title"].widget, "a")
    assert found.error_of("title") == ""


def test_new_options_keep_the_chosen_one(qtbot):
    found = form(qtbot)
    found.fill(kind="village")
    found.offer("kind", (("residents", "居民议事会"), ("village", "村民会议")))
    assert found.values("kind") == {"kind": "village"}


def test_every_field_has_a_name_for_screen_readers(qtbot):
    assert all(field.widget.accessibleName() for field in form(qtbot).fields.values())
