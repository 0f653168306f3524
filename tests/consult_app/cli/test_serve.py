"""`consult serve --tablet`: the tablet on the table opens without a window."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import httpx
import pytest

from consult_app.settings import Settings
from tests.consult_app.voting import estate

JSON = ("--json",)


@pytest.fixture
def vote(store, owners_body, tmp_path) -> estate.Vote:
    estate.owners_roll(store, tmp_path, owners_body)
    return estate.opened(store, owners_body)


@contextmanager
def serving(folder: Settings, *words: str, form: tuple[str, ...] = ()) -> Iterator[IO[str]]:
    """What a vote server on the loopback says; it ends at the end."""
    command = [sys.executable, "-X", "utf8", "-m", "consult_app", "--data", str(folder.data)]
    command += ["--database", folder.database, *form, "serve", "--host", "127.0.0.1", "--port", "0", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.terminate()


def opens(address: str, pin: str) -> bool:
    """Whether a PIN opens the tablet's pad."""
    form = {"pin": pin, "helper": "协助甲", "witness": "见证乙"}
    return "扫选票上的二维码" in httpx.post(address, data=form, follow_redirects=True).text


def test_the_announcement_says_where_the_tablet_goes_and_what_opens_it(folder: Settings, vote) -> None:
    with serving(folder, "--tablet") as said:
        said.readline()
        line = said.readline()
        found = re.fullmatch(r"平板投票台：(http://127\.0\.0\.1:\d+/desk)  口令 (\d{6})，只告诉协助人员\n", line)
        assert found is not None, line
        assert opens(*found.groups())


def test_as_json_it_says_the_same(folder: Settings, vote) -> None:
    with serving(folder, "--tablet", form=JSON) as said:
        told = json.loads(said.readline())
        assert told["tablet"] == f"{told['address']}/desk"
        assert opens(told["tablet"], told["pin"])
        assert not opens(told["tablet"], "000000" if told["pin"] != "000000" else "111111")


@pytest.mark.parametrize("pin", ["", "000000"])
def test_without_the_option_there_is_no_tablet(folder: Settings, vote, pin: str) -> None:
    with serving(folder, form=JSON) as said:
        told = json.loads(said.readline())
        assert set(told) == {"address", "addresses", "port"}
        assert not opens(f"{told['address']}/desk", pin)
