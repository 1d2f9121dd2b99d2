"""Ids of the frame around every tab: the ones that tabs may listen to."""

from __future__ import annotations

from enum import StrEnum


class Shell(StrEnum):
    """What the shell puts on every page."""

    URL = (
        "url"  # the one dcc.Location: read `pathname` and `search`; write `search` to go elsewhere
    )
    THEME = "theme"  # dcc.Store, data "light" or "dark"
    CUSTOMER = "customer"  # dcc.Store, the pseudonym that was looked up last, or None
    ANNOUNCEMENT = "announcement"  # live region: write `children` to have it read aloud
    TERMS = "terms"  # dcc.Store: what labels mean, for assets/js/terms.js
    TERMS_KEY = "terms-key"
    PAGE = "page"
    PAGE_STATE = "page-state"
    HEADER_CONTEXT = "header-context"
    TABS = "tabs"
    NOTICES = "notices"
    PROVENANCE = "provenance"
    LOOKUP_TEXT = "lookup-text"
    LOOKUP_GO = "lookup-go"
    LOOKUP_ANSWER = "lookup-answer"
    EXPORT_CSV = "export-csv"
    EXPORT_EXCEL = "export-excel"
    DOWNLOAD = "download"
