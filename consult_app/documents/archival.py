"""The archival pass: a finished PDF becomes PDF/A-2u (ISO 19005-2), with language, title and dates, byte-stable."""

import io
from datetime import datetime

import pikepdf

from consult_app.kernel import resources
from consult_app.kernel.text import CHINA


def archive(pdf: bytes, *, issued: datetime, language: str) -> bytes:
    """The same pages as PDF/A-2u (every character maps to Unicode): output intent sRGB, XMP metadata, language, title shown in the window.

    `issued` (aware) becomes the date of the file. Embedded fonts are the renderer's duty.
    """
    stamp = issued.astimezone(CHINA)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        _date(file, stamp)
        _metadata(file)
        file.Root.OutputIntents = pikepdf.Array([_intent(file)])
        file.Root.Lang = pikepdf.String(language)
        file.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = io.BytesIO()
        file.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, linearize=False)
    return out.getvalue()


def _date(file: pikepdf.Pdf, stamp: datetime) -> None:
    offset = stamp.strftime("%z")
    words = f"D:{stamp:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}'"
    for key in ("/CreationDate", "/ModDate"):
        file.docinfo[key] = pikepdf.String(words)
    if "/Trapped" in file.docinfo:
        del file.docinfo["/Trapped"]


def _metadata(file: pikepdf.Pdf) -> None:
    with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.load_from_docinfo(file.docinfo)
        xmp["pdfaid:part"] = "2"
        xmp["pdfaid:conformance"] = "U"


def _intent(file: pikepdf.Pdf) -> pikepdf.Object:
    profile = pikepdf.Stream(file, resources.path("documents", "srgb.icc").read_bytes(), N=3)
    return file.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier=pikepdf.String("sRGB"),
            Info=pikepdf.String("sRGB IEC61966-2.1"),
            DestOutputProfile=file.make_indirect(profile),
        )
    )
