"""What every phone page must be: small, alone, readable by browsers of ten years ago, and the same with scripts off."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.web import page as pages
from tests.consult_app.voting import estate
from tests.consult_app.web.test_site import key_of, path, voted

LIMIT = 6 * 1024
"""Bytes a page may have on the wire, its headers aside."""

PROPERTIES = frozenset(
    """
    background border border-bottom padding-top border-color border-left border-left-color border-radius border-top box-shadow
    box-sizing clear color content display float font font-family font-size font-weight height left line-height margin
    margin-bottom margin-left margin-right margin-top max-width min-height min-width opacity outline outline-offset
    padding position right text-align text-decoration text-transform top width word-wrap
    -webkit-appearance -webkit-text-size-adjust
    """.split()
)
"""Properties that Chrome 37 knows: the WebView of Android 5 in 2014, and the kernel of older WeChat."""

NEWER_STYLE = re.compile(
    r":has\(|:is\(|:where\(|:focus-(?:visible|within)|var\(|env\(|clamp\(|\bm(?:in|ax)\(|grid|flex|\bgap\b|dvh|svh|@layer|@container"
)
NEWER_SCRIPT = re.compile(
    r"=>|\b(?:let|const|class|async|await|import|export|of|yield)\b|`|\.\.\.|\?\.|\?\?|\bfetch\b|\bPromise\b|\bSymbol\b|"
    r"\b(?:Map|Set|WeakMap|Proxy|URLSearchParams|FormData)\(|\.(?:includes|startsWith|endsWith|closest|matches|remove|append|"
    r"forEach|assign|entries|padStart|repeat|find)\(|classList"
)  # fmt: skip


def journey(phone, vote, count=1):
    """The pages of one vote, by name."""
    chosen = {f"item_{number}": "for" for number in range(1, count + 1)}
    ballot = phone.get(path(vote))
    confirm = phone.post(path(vote), **chosen, key=key_of(ballot))
    receipt = phone.post(path(vote), **chosen, key=key_of(confirm), confirmed="1")
    return {
        "ballot": ballot,
        "confirm": confirm,
        "receipt": receipt,
        "used": phone.get(path(vote)),
        "code": phone.get("/"),
    }


@pytest.mark.parametrize("count", [1, 3, 10])
def test_every_page_takes_one_request_and_at_most_six_kilobytes(store, owners, phone, count):
    items = [
        f"同意按附件方案第{number}条办理，费用从公共维修资金中列支，并由业主委员会公布账目。" for number in range(count)
    ]
    for name, page in journey(phone, estate.opened(store, owners, items=items), count).items():
        sent = int(page.headers["content-length"])
        print(f"{count} items, {name}: {sent} bytes of {len(page.content)}")
        assert page.headers["content-encoding"] == "gzip"
        assert sent <= LIMIT
        assert not re.search(r'(?:src|href|url)\s*[=(]\s*"?(?!"?/|"?data:,)', page.text)


def test_a_phone_that_reads_no_gzip_gets_the_page_as_it_is(phone, vote):
    for said in ("identity", "gzip;q=0, identity", "deflate, br"):
        page = phone.ask("GET", path(vote), headers={"accept-encoding": said})
        assert "content-encoding" not in page.headers
        assert len(page.content) == int(page.headers["content-length"])
        assert "加装电梯资金筹集方案" in page.text


@given(st.binary(max_size=9000), st.booleans())
def test_a_packed_page_unpacks_to_the_same_bytes(rest, big):
    head = pages.head(big)
    assert gzip.decompress(pages.gzipped(head, rest)) == head.plain + rest


def test_no_page_is_kept_and_none_may_load_anything(phone, vote):
    for page in journey(phone, vote).values():
        assert page.headers["cache-control"] == "no-store"
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert re.findall(r"script-src '(sha256-\S+)'", policy)


def test_the_style_asks_nothing_of_a_browser_of_2014():
    style = pages.style()
    plain = re.sub(
        r"@supports[^{]+\{(?:[^{}]*\{[^{}]*\})*\}", "", style
    )  # skipped whole by a browser that does not know it
    assert not NEWER_STYLE.findall(plain)
    used = {
        name for rule in re.findall(r"\{([^{}]*)\}", plain) for name in re.findall(r"(?:^|;)\s*([a-z-]+)\s*:", rule)
    }
    assert used - PROPERTIES == set()


def test_the_script_is_of_2014_too_and_leaves_words_alone():
    script = re.sub(r"//[^\n]*|'[^'\n]*'", "''", pages.script())
    assert not NEWER_SCRIPT.findall(script)
    assert "innerHTML = words" not in script
    assert not re.search(r"localStorage|cookie|crypto|serviceWorker|eval\(|new Function", script)


def test_large_print_is_a_link_and_lasts_to_the_receipt(phone, vote):
    assert f'href="{path(vote)}?big=1"' in phone.get(path(vote)).text
    ballot = phone.get(path(vote) + "?big=1")
    confirm = phone.post(path(vote), item_1="for", key=key_of(ballot), big="1")
    receipt = phone.post(path(vote), item_1="for", key=key_of(confirm), big="1", confirmed="1")
    for page in (ballot, confirm, receipt, phone.get("/?big=1")):
        assert '<html lang="zh-CN" class="big">' in page.text
    assert ">标准字号<" in ballot.text


def test_the_receipt_names_slip_time_way_and_weight_but_never_the_choice(phone, vote):
    receipt = voted(phone, path(vote), "against")
    body = receipt.text.partition("<body>")[2]
    for words in ("0001", "09:00:00", "手机", "手机投票直接有效"):
        assert words in body
    assert "反对" not in body
    assert "against" not in body


def test_the_receipt_shows_the_two_words_of_its_own_slip(phone, vote):
    first = voted(phone, path(vote), "against").text
    assert [slip.serial for slip in vote.slips if slip.words in first] == ["0001"]
    assert "不要给别人看" in first


def test_threat_21_no_other_page_shows_the_two_words(phone, vote):
    """Who picks up a used slip's address, or opens a slip before its voter, learns nothing that finds it on the list."""
    before = phone.get(path(vote)).text
    voted(phone, path(vote), "against")
    assert all(vote.slips[0].words not in page for page in (before, phone.get(path(vote)).text))


def test_a_secret_vote_has_no_words_to_keep(store, phone, village_body, tmp_path):
    estate.village_roll(store, tmp_path, village_body, 12)
    secret = estate.opened(store, village_body, "village.reps", secret=True)
    assert "查票口令" not in voted(phone, path(secret), "for").text
