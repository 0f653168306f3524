"""A test slip: it is voted with at a real server, its receipt bears the code that is printed, and then all of it is gone."""

import hashlib

import pytest

from consult_app.audit import chain
from consult_app.demo import rehearsal, trial
from consult_app.web import child, server
from tests.consult_app.papers import text_of
from tests.faults import hall


def test_the_slip_is_voted_with_over_http_and_everything_is_purged(app, store) -> None:
    before = (store.ask(chain.head), hashlib.sha256(app.settings.database_file.read_bytes()).hexdigest())
    found = trial.begin(app.settings, host="127.0.0.1")
    try:
        assert rehearsal.NAME in text_of(found.paper())
        assert not found.voted
        answer = hall.press(found.serving.port, found.slip.token)
        assert (answer.status, rehearsal.RECEIPT in answer.text) == (200, True)
        assert found.slip.codes[0][0] in answer.text, "the receipt bears the code that stands on the paper"
        assert found.voted
    finally:
        assert found.close()
    assert not rehearsal.folder(app.settings).exists()
    assert before == (store.ask(chain.head), hashlib.sha256(app.settings.database_file.read_bytes()).hexdigest())


def test_the_server_of_a_trial_whose_window_was_killed_is_ended_with_its_data(app) -> None:
    left = trial.begin(app.settings, host="127.0.0.1")
    left.app.close()  # as a killed window would: the server goes on
    assert left.serving.alive
    assert rehearsal.purge(app.settings)
    assert not left.serving.alive
    left.serving.stop()


def test_a_trial_whose_server_does_not_start_leaves_nothing(app) -> None:
    held = server.listen("127.0.0.1", 0)
    try:
        with pytest.raises(child.NotStarted):
            trial.begin(app.settings, host="127.0.0.1", port=held.port)
    finally:
        held.bound.close()
    assert not rehearsal.folder(app.settings).exists()
