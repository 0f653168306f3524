"""登记议题: a form that says what is wrong beside its field and forgets nothing."""

import pytest

from consult_app.bodies.actions import add_body
from consult_app.files.queries import attachments
from consult_app.proposals.queries import proposal, proposals
from tests.ui.pages.test_matter import PNG
from ui.desk import Desk
from ui.pages.register import RegisterPage
from ui.window import Window


@pytest.fixture
def page(window: Window, desk: Desk) -> RegisterPage:
    desk.turn_to(desk.do(add_body, "village", "示范村村民会议"))
    window.go("register")
    found = window.page()
    assert isinstance(found, RegisterPage)
    return found


def fill(page: RegisterPage) -> None:
    page.what.fill(title="村道修缮", wish="村东道路坑洼，请修缮。", affected_range="一至三组")
    page.who.fill(proposer="测试村民", taken_down=True)


def test_a_matter_is_registered_and_opened(page: RegisterPage, desk: Desk, window: Window) -> None:
    fill(page)
    page.submit.click()
    (line,) = desk.ask(proposals, desk.body_id or 0)
    assert (line.title, line.source) == ("村道修缮", "villager")
    assert desk.ask(proposal, line.id).taken_down
    assert window.place == ("matter", {"id": line.id})


def test_a_blank_field_is_said_beside_it_and_the_rest_stays(page: RegisterPage, desk: Desk) -> None:
    fill(page)
    page.who.fill(proposer=" ")
    page.submit.click()
    assert page.who.error_of("proposer") == "请填写提议人。"
    assert page.what.values("title") == {"title": "村道修缮"}
    assert desk.ask(proposals, desk.body_id or 0) == ()


def test_what_was_typed_stays_when_the_page_is_left(page: RegisterPage, window: Window) -> None:
    fill(page)
    page.leave.click()
    window.go("register")
    assert page.what.values("title") == {"title": "村道修缮"}
    assert page.busy_with() == "正在登记的议题还没有保存"


def test_photos_are_kept_with_the_matter(page: RegisterPage, desk: Desk, tmp_path) -> None:
    path = tmp_path / "路面.png"
    path.write_bytes(PNG)
    fill(page)
    page.photos.take((path,))
    page.submit.click()
    (line,) = desk.ask(proposals, desk.body_id or 0)
    assert [one.name for one in desk.ask(attachments, f"proposal:{line.id}")] == ["路面.png"]
    assert page.photos.paths == ()


def test_a_photo_that_is_none_is_refused_and_nothing_is_registered(page: RegisterPage, desk: Desk, tmp_path) -> None:
    path = tmp_path / "不是照片.png"
    path.write_text("文字")
    fill(page)
    page.photos.take((path,))
    page.submit.click()
    assert "不是图片或 PDF" in page.what.general.text()
    assert desk.ask(proposals, desk.body_id or 0) == ()


def test_the_flows_offered_are_those_of_the_body(page: RegisterPage) -> None:
    offered = page.who.fields["template_id"].widget
    words = [offered.itemText(place) for place in range(offered.count())]  # type: ignore[attr-defined]
    assert "四议两公开" in words
    assert "业主大会书面表决" not in words
