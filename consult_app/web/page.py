"""HTML pages: one self-contained document each, no script, nothing from elsewhere, never kept by the phone."""

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from consult_app.kernel import resources


@cache
def environment() -> Environment:
    """The templates of `resources/web/templates`; every value is escaped (threat 27), a missing one is a bug."""
    found = Environment(
        loader=FileSystemLoader(resources.path("web", "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["style"] = style()
    return found


@cache
def style() -> str:
    """The one style sheet, as it stands inside every page."""
    return resources.path("web", "static", "page.css").read_text("utf-8").strip()


@cache
def headers() -> dict[str, str]:
    """Headers of every page. Old browsers that know no hashes obey 'unsafe-inline', which newer ones then ignore."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{digest}' 'unsafe-inline'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
    }


def html(template: str, status: int = 200, **facts: Any) -> HTMLResponse:
    """Render a page."""
    text = environment().get_template(template).render(**{"big": False, "slip": None, **facts})
    return HTMLResponse(text, status, headers())
