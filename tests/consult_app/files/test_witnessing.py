"""An attachment that was exchanged, taken away or slipped in after the act is found by holding it against the chain."""

import pytest
from sqlalchemy import text

from consult_app.audit import chain
from consult_app.files import witnessing
from consult_app.files.actions import attach
from consult_app.voting import witnessing as whole
from tests.fixtures import SECRETARY

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def attached(store):
    """Two photos of a matter."""
    for name in ("楼道.png", "公示栏.png"):
        store.do(SECRETARY, attach, "proposal:1", "现场照片", name, PICTURE + name.encode())
    return store


def test_threat_08_attachments_that_stand_as_witnessed_are_passed(attached):
    assert attached.ask(witnessing.first_break) is None
    assert attached.ask(whole.verify) == attached.ask(chain.verify)


@pytest.mark.parametrize(
    ("statement", "seq", "says"),
    [
        (
            "update attachment set content = (select content from attachment where id = 1) where id = 2",
            2,
            "附件「公示栏.png」的内容被改动",
        ),
        ("delete from attachment where id = 1", 1, "附件「楼道.png」被删除"),
        ("update attachment set id = 9 where id = 2", 2, "附件「公示栏.png」被删除"),
        (
            "insert into attachment (subject, kind, name, media_type, size, sha256, attached_at, content) "
            "select subject, kind, '后补.png', media_type, size, sha256, attached_at, content from attachment where id = 1",
            2,
            "此后多出没有存证的附件「后补.png」",
        ),
    ],
)
def test_threat_08_an_attachment_changed_afterwards_is_named(attached, statement, seq, says):
    with attached.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(statement))
    assert attached.ask(chain.verify).broken is None
    assert attached.ask(whole.verify).broken == chain.Break(seq, says)
