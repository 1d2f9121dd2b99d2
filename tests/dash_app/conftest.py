"""Fixtures of the web house."""

from tests.dash_app.fakes import local_app, published, services, writer

__all__ = ["local_app", "published", "services", "writer"]
