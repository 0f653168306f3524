"""A plain HTTP client that votes as a person would: it reads the page's form, picks a radio button, and submits."""

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


@dataclass
class Page:
    """What came back: status, text, the first form's address and fields, and its radio buttons by name.

    A page may hold a second form (返回修改); a person who goes on presses the button of the first.
    """

    status: int
    text: str = ""
    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)


class Phone:
    """One phone with its connection."""

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        assert place.hostname
        self.connection = http.client.HTTPConnection(place.hostname, place.port, timeout=20)

    def get(self, path: str) -> Page:
        """Open an address."""
        return self._ask("GET", path)

    def submit(self, page: Page, **chosen: str) -> Page:
        """Send a page's form with what was chosen."""
        return self._ask("POST", page.action, urlencode(page.fields | chosen))

    def vote(self, path: str, choice: str) -> Page:
        """Open a slip, choose the same for every question, confirm; the last page. A used slip says so at once."""
        ballot = self.get(path)
        if not ballot.radios:
            return ballot
        confirm = self.submit(ballot, **dict.fromkeys(ballot.radios, choice))
        return self.submit(confirm)

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> Page:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        reader = _Reader(Page(answer.status))
        reader.feed(answer.read().decode())
        return reader.page


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms += 1
        if self.forms > 1:
            return
        if tag == "form":
            self.page.action = given["action"]
        elif tag == "input" and given.get("type") == "radio":
            self.page.radios.setdefault(given["name"], []).append(given["value"])
        elif tag == "input" and given.get("name"):
            self.page.fields[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        self.page.text += data
