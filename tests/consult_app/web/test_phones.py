"""How many phones came by: what the secretary's green light goes by."""

import json
import sys
from datetime import timedelta

from consult_app.web import child
from consult_app.web.phones import DEVICES, Phones
from consult_app.web.site import build
from tests.consult_app.web.conftest import Phone


def test_each_device_counts_once_and_is_forgotten_after_ten_minutes(clock):
    phones = Phones()
    for device in ("10.0.0.1", "10.0.0.2", "10.0.0.1"):
        phones.note(device, clock())
    assert phones.count(clock()) == 2
    clock.forward(minutes=6)
    phones.note("10.0.0.1", clock())
    clock.forward(minutes=6)
    assert phones.count(clock()) == 1
    assert phones.count(clock() + timedelta(minutes=10)) == 0


def test_the_computers_own_visit_proves_nothing(clock):
    phones = Phones(["192.168.31.20"])
    for device in ("127.0.0.1", "192.168.31.20"):
        phones.note(device, clock())
    assert phones.count(clock()) == 0


def test_ever_so_many_devices_take_bounded_memory(clock):
    phones = Phones()
    for number in range(DEVICES + 500):
        phones.note(f"fe80::{number:x}", clock())
    assert phones.count(clock()) == DEVICES


def test_every_page_a_phone_opens_is_noted(store, vote, clock):
    phones = Phones()
    site = build(store, phones=phones)
    Phone(site, "192.168.31.5").get("/")
    Phone(site, "192.168.31.6").get("/no-such-page/at-all")
    Phone(site, "192.168.31.6").get("/" + vote.slips[0].token)
    assert phones.count(clock()) == 2


def test_the_window_hears_from_its_server_how_many_came(folder, vote, monkeypatch):
    said = ({"address": "http://10.0.0.1:8080", "addresses": [], "port": 8080}, {"phones": 2}, {"phones": 3})
    script = f"print({chr(10).join(map(json.dumps, said))!r}, flush=True)"
    monkeypatch.setattr(child, "command", lambda *_: [sys.executable, "-c", script])
    found = child.start(folder)
    found.process.wait(30)
    found.stop()
    assert found.phones == 3
