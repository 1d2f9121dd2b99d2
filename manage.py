"""Batch composition root: the command line. See ``python manage.py --help``."""

from __future__ import annotations

import sys

from cli.main import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
