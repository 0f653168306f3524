import socket
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import typer

from consult_app.cli import serve
from consult_app.cli.context import Context
from consult_app.settings import settings
from consult_app.web import server


def test_a_server_told_no_port_takes_the_one_that_slips_lead_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setattr(server, "shortest_port", lambda: port)
        with pytest.raises(server.PortTaken, match=str(port)):
            serve.run(
                cast(typer.Context, SimpleNamespace(obj=Context(settings(tmp_path), as_json=False))), host="127.0.0.1"
            )
