"""Imports every tables.py, so that the metadata is whole."""

from consult_app.archive import tables as archive
from consult_app.audit import tables as audit
from consult_app.bodies import tables as bodies
from consult_app.documents import tables as documents
from consult_app.files import tables as files
from consult_app.followup import tables as followup
from consult_app.meetings import tables as meetings
from consult_app.notices import tables as notices
from consult_app.proposals import tables as proposals
from consult_app.rolls import tables as rolls
from consult_app.storage.base import Base
from consult_app.voting import tables as voting

REVISION = "0008"
"""The newest migration; a test holds it to the scripts, so that a start need not load them."""

TABLES = (archive, audit, bodies, documents, files, followup, meetings, notices, proposals, rolls, voting)

METADATA = Base.metadata
