"""Read a form that a phone sent, within limits of size and time."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

BODY_LIMIT = 64 * 1024
"""Bytes a form may have; a ballot of thirty items has about one thousand."""

FIELD_LIMIT = 200
PATIENCE = 10
"""Seconds a phone may take to send its form (threat 19)."""


class FormRefused(Exception):
    """The form cannot be taken; `status` is the HTTP answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a form, the last value of each name. Raises `FormRefused` for one too large, too slow or not a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise FormRefused(415)
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or len(length) > 12 or int(length) > BODY_LIMIT:
        raise FormRefused(413)
    try:
        async with asyncio.timeout(PATIENCE):
            body = await _body(request)
    except TimeoutError:
        raise FormRefused(408) from None
    except ClientDisconnect:
        raise FormRefused(400) from None
    try:
        fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELD_LIMIT, errors="strict")
    except ValueError:
        raise FormRefused(400) from None
    return dict(fields)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise FormRefused(413)
    return bytes(body)
