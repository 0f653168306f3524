"""试投: one slip of a rehearsal for a real phone, which alone can show that network, page, vote and receipt work in this hall.

It is a rehearsal in all else: data and vote server of its own, purged whole when it ends.
"""

from dataclasses import dataclass

from consult_app.app import App, open_app
from consult_app.demo import rehearsal
from consult_app.documents.vote_slips import vote_slips
from consult_app.settings import Settings
from consult_app.settings import settings as settings_of
from consult_app.voting import queries as voting
from consult_app.voting.issuing import IssuedSlip
from consult_app.web import child, server


@dataclass
class Trial:
    """A slip that waits for its phone. `real` are the settings of the data beside which it stands."""

    real: Settings
    app: App
    serving: child.Child
    motion: int
    slip: IssuedSlip

    @property
    def voted(self) -> bool:
        """Whether the slip's vote has come."""
        return sum(self.app.store.ask(voting.turnout, self.motion).channels.values()) > 0

    def paper(self, wifi: str = "") -> bytes:
        """The slip as PDF, for a phone that shall read it from paper."""
        motion = self.app.store.ask(voting.motion, self.motion)
        return vote_slips(motion, (self.slip,), wifi=wifi, address=self.serving.address.removeprefix("http://"))

    def close(self) -> bool:
        """End it and purge its data; whether nothing is left."""
        self.serving.stop()
        self.app.close()
        return rehearsal.purge(self.real)


def begin(settings: Settings, *, host: str = server.EVERYWHERE, port: int = 0) -> Trial:
    """Make the data and serve one slip. Refused as a vote server's start; then, too, nothing is left."""
    rehearsal.purge(settings)
    app = open_app(settings_of(rehearsal.folder(settings)))
    try:
        serving = child.start(app.settings, host, port)
    except child.NotStarted:
        app.close()
        rehearsal.purge(settings)
        raise
    motion, (slip,) = rehearsal.open_vote(app, 1, serving.address)
    return Trial(settings, app, serving, motion, slip)
