"""A rehearsal: real phones' journeys at a real server, and afterwards nothing of it is left anywhere."""

import hashlib

import pytest

from consult_app.audit import chain
from consult_app.demo.rehearsal import RehearsalCount, folder, rehearse
from consult_app.voting import queries
from tests.consult_app.voting import estate


def test_a_rehearsal_votes_over_http_and_leaves_nothing(app, store, owners_body, tmp_path) -> None:
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body)
    before = (store.ask(chain.head), hashlib.sha256(app.settings.database_file.read_bytes()).hexdigest())
    heard: list[tuple[int, int]] = []
    found = rehearse(app.settings, 25, lambda done, whole: heard.append((done, whole)), host="127.0.0.1")
    assert (found.phones, found.receipts, found.stored) == (25, 25, 25)
    assert found.passed
    assert heard[-1] == (25, 25)
    assert not rehearsal_folder(app).exists()
    assert before == (store.ask(chain.head), hashlib.sha256(app.settings.database_file.read_bytes()).hexdigest())
    assert not any(store.ask(queries.turnout, vote.motion).channels.values())


def rehearsal_folder(app):
    return folder(app.settings)


def test_what_a_crashed_rehearsal_left_is_purged_first(app) -> None:
    left = rehearsal_folder(app)
    left.mkdir(parents=True)
    (left / "consult.db").write_bytes(b"rubbish")
    assert rehearse(app.settings, 1, host="127.0.0.1").passed
    assert not left.exists()


@pytest.mark.parametrize("phones", [0, 301])
def test_a_rehearsal_has_a_sensible_number_of_phones(app, phones: int) -> None:
    with pytest.raises(RehearsalCount):
        rehearse(app.settings, phones)


def test_a_rehearsal_on_a_taken_port_is_refused_and_purged(app) -> None:
    from consult_app.web import child, server

    held = server.listen("127.0.0.1", 0)
    try:
        with pytest.raises(child.NotStarted):
            rehearse(app.settings, 3, host="127.0.0.1", port=held.port)
    finally:
        held.bound.close()
    assert not rehearsal_folder(app).exists()
