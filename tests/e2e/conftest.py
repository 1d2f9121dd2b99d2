"""A filled bank, its servers, and a browser that reports everything that goes wrong in a page."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.sources import demo
from core.sources.demo.bank import generate
from tests.e2e import chromium
from tests.e2e.servers import ROOT, Installation, local_server
from tests.e2e.watch import Watch, watched

CUSTOMERS, FEWER_CUSTOMERS = 600, 120
PATIENCE = 20_000  # milliseconds: two cores are shared by browser, server and other tests
NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"

expect.set_options(timeout=PATIENCE)
