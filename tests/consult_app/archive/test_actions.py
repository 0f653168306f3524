import pytest

from consult_app.archive import actions, queries
from consult_app.archive.rules import BadCode, BadPart, Retention, archive_code, default_retention, parts_of
from consult_app.documents import actions as documents
from consult_app.documents import drafting, issuing
from consult_app.documents.queries import DocumentLine, UnknownCode, document, pdf
from consult_app.documents.rules import code_words
from consult_app.files.rules import UnknownKind
from consult_app.proposals.actions import end
from consult_app.proposals.queries import proposal
from consult_app.storage.store import Store
from tests.consult_app.papers import Decided, photo
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY


def states(store: Store, matter: Decided, artefact: str) -> list[str]:
    found = store.ask(proposal, matter.proposal).artefact(artefact)
    assert found is not None
    return [one.state for one in found.reached]


def test_scan_is_bound_to_its_document_by_the_code(store: Store, matter: Decided, minutes: DocumentLine) -> None:
    typed = code_words(minutes.code).lower()
    store.do(SECRETARY, actions.attach_scan, typed, *photo())
    (scan,) = store.ask(queries.scans, matter.proposal)
    assert (scan.document_id, scan.document_code) == (minutes.id, minutes.code)
    assert states(store, matter, "resolution") == ["issued", "signed"]
    assert states(store, matter, "signed_minutes") == ["scanned"]


def test_paper_that_comes_back_after_the_end_is_bound_and_reaches_nothing(
    store: Store, matter: Decided, minutes: DocumentLine
) -> None:
    store.do(SECRETARY, end, matter.proposal, "withdrawn", "提议人撤回")
    number = store.do(SECRETARY, actions.attach_scan, minutes.code, *photo())
    assert [scan.id for scan in store.ask(queries.scans, matter.proposal)] == [number]


def test_same_scan_twice_is_one(store: Store, matter: Decided, minutes: DocumentLine) -> None:
    for _ in range(2):
        store.do(SECRETARY, actions.attach_scan, minutes.code, *photo())
    assert len(store.ask(queries.scans, matter.proposal)) == 1


def test_scan_of_an_unknown_draft_or_void_document_is_refused(
    store: Store, matter: Decided, minutes: DocumentLine
) -> None:
    draft = store.do(SECRETARY, drafting.draft_minutes, matter.meeting)
    code = store.ask(document, draft).line.code
    with pytest.raises(actions.NotSignable, match="还没有印发"):
        store.do(SECRETARY, actions.attach_scan, code, *photo())
    with pytest.raises(UnknownKind):
        store.do(SECRETARY, actions.attach_scan, minutes.code, "纪要.docx", b"PK\x03\x04")
    store.do(SECRETARY, documents.void, minutes.id, "有误")
    with pytest.raises(actions.NotSignable, match="已经作废"):
        store.do(SECRETARY, actions.attach_scan, minutes.code, *photo())
    with pytest.raises(UnknownCode):
        store.do(SECRETARY, actions.attach_scan, "AAAA-AAAA", *photo())


def test_count_sheet_comes_back_signed(store: Store, matter: Decided) -> None:
    sheet = issuing.issue(store, SECRETARY, store.do(SECRETARY, drafting.draft_count_sheet, matter.motion))
    store.do(SECRETARY, actions.attach_scan, sheet.code, "计票表.pdf", store.ask(pdf, sheet.id))
    assert "signed" in states(store, matter, "count_sheet")
    assert states(store, matter, "signed_minutes") == []


def test_numbers_run_within_their_class(store: Store, matter: Decided, owners_body: int) -> None:
    other, third = (estate.matter(store, owners_body, title) for title in ("另一议题", "第三议题"))
    assert store.do(SECRETARY, actions.file, matter.proposal, fonds="z109") == "Z109-WS·2026-Y-YSB-0001"
    assert store.do(SECRETARY, actions.file, other, fonds="Z109") == "Z109-WS·2026-Y-YSB-0002"
    assert store.do(SECRETARY, actions.file, third, fonds="Z109", retention="D10") == "Z109-WS·2026-D10-YSB-0001"
    assert states(store, matter, "filing") == ["filed"]
    assert [line.code for line in store.ask(queries.filings, owners_body)][-1] == "Z109-WS·2026-Y-YSB-0001"


def test_matter_is_filed_once_and_a_code_given_once(store: Store, matter: Decided, owners_body: int) -> None:
    code = store.do(SECRETARY, actions.file, matter.proposal, code="Z1-WS·2026-Y-ABC-0007")
    with pytest.raises(actions.AlreadyFiled, match=code):
        store.do(SECRETARY, actions.file, matter.proposal, fonds="Z1")
    with pytest.raises(actions.CodeTaken):
        store.do(SECRETARY, actions.file, estate.matter(store, owners_body), code=code)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({}, actions.NoFonds),
        ({"fonds": "Z-1"}, BadPart),
        ({"code": "随便写"}, BadCode),
        ({"code": "Z1-WS·2026-D20-YSB-0001"}, BadCode),
    ],
)
def test_bad_archive_code_is_refused(
    store: Store, matter: Decided, values: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        store.do(SECRETARY, actions.file, matter.proposal, **values)


def test_code_reads_back() -> None:
    parts = ("Z109", 2026, Retention.THIRTY_YEARS, "YSB", 12)
    assert parts_of(archive_code(*parts)) == parts


def test_what_did_not_pass_is_kept_ten_years() -> None:
    """乡镇档案工作办法 (令第18号), as a model: proposals not passed 10 years, decisions permanent."""
    assert default_retention("not_passed") is Retention.TEN_YEARS
    assert default_retention("done") is Retention.PERMANENT
