"""The list of proxies is put up masked, without those taken back (村委法18; 个人信息保护法6)."""

import json

import pytest

from consult_app.documents import drafting, issuing
from consult_app.documents.drafting import NoProxies
from consult_app.documents.queries import document
from consult_app.documents.rules import DocumentKind
from consult_app.notices.actions import post
from consult_app.notices.queries import notice
from consult_app.notices.rules import PROXY_DAYS
from consult_app.voting import actions
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import SECRETARY
from tests.consult_app.voting.test_proxying import give

PHOTO = ("公告栏.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)


@pytest.fixture
def vote(store, owners_body, tmp_path):
    estate.owners_roll(store, tmp_path, owners_body)
    return estate.opened(store, owners_body)


def test_the_published_list_masks_names_and_leaves_out_what_was_revoked(store, vote):
    give(vote, 0, 1, relation="其他业主")
    gone = give(vote, 2, "受托人甲")
    store.do(SECRETARY, actions.revoke_proxy, gone)
    id = store.do(SECRETARY, drafting.draft_proxy_notice, vote.motion)
    said = json.dumps(store.ask(document, id).content.to_dict(), ensure_ascii=False)
    assert '"业**1", "1幢1单元***", "业**2", "其他业主"' in said
    assert "业主01" not in said
    assert "受*人甲" not in said
    assert "有 1 人书面委托" in said
    assert "一人最多接受 3 人的委托" in said


def test_without_a_standing_mandate_there_is_nothing_to_publish(store, vote):
    with pytest.raises(NoProxies):
        store.do(SECRETARY, drafting.draft_proxy_notice, vote.motion)
    store.do(SECRETARY, actions.revoke_proxy, give(vote, 0, 1))
    with pytest.raises(NoProxies):
        store.do(SECRETARY, drafting.draft_proxy_notice, vote.motion)


def test_the_list_is_posted_as_any_notice(store, vote):
    give(vote, 0, 1)
    id = store.do(SECRETARY, drafting.draft_proxy_notice, vote.motion)
    issuing.issue(store, SECRETARY, id)
    posted = store.do(SECRETARY, post, id, place="1号楼公告栏", posted_by="网格员甲", photo=PHOTO)
    found = store.ask(notice, posted, estate.DAY)
    assert (found.kind, found.standing.required) == (DocumentKind.PROXY_NOTICE, PROXY_DAYS)
