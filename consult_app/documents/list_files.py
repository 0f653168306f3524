"""What is published of the ballots of a declared vote: the paper to post, its data, and the page that checks both offline."""

import json

from consult_app.documents import pdf
from consult_app.documents.ballot_list import KIND, ballot_list_paper
from consult_app.kernel import resources
from consult_app.kernel.text import day_words, legal_day
from consult_app.storage.store import Actor, Store
from consult_app.voting.actions import record_list
from consult_app.voting.listing import ballot_list


def publish_list(store: Store, actor: Actor, motion_id: int) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each file, once the chain tells of them. Refuses what `ballot_list` refuses."""
    found = store.ask(ballot_list, motion_id)
    now = store.now()
    paper = ballot_list_paper(found, day_words(legal_day(now)))
    code = paper.digest()[:8].upper()
    data = json.dumps(found.to_dict(), ensure_ascii=False, indent=1).encode() + b"\n"
    made = pdf.render(paper, code=code, token=code, issued=now, issuer=found.body)
    files = (
        (f"{KIND}.pdf", made),
        (f"{KIND}.json", data),
        ("核对网页.html", resources.path("verify", "verify.html").read_bytes()),
    )
    store.do(actor, record_list, motion_id, code, data=data, paper=made, files=[name for name, _ in files])
    return files
