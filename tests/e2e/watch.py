"""What goes wrong in a browser without a person noticing: errors, refusals, requests elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

_OWN_SCHEMES = {"data", "blob", "about"}  # made by the page itself, not fetched
_LEFT_BEHIND = "net::ERR_ABORTED"  # the reader went elsewhere before the answer came


class Watch:
    """Notes every problem of the pages of a context; a test must have expected each of them."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._expected: list[str] = []
        self.noted: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def expect(self, *words: str) -> None:
        """Say that problems with these words belong to the test."""
        self._expected.extend(words)

    @property
    def problems(self) -> list[str]:
        """What was noted and not expected."""
        return [
            problem
            for problem in self.noted
            if not any(words in problem for words in self._expected)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.noted.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        self.noted.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in _OWN_SCHEMES and parts.netloc != self._host:
            self.noted.append(f"request elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != _LEFT_BEHIND:
            self.noted.append(f"request failed: {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.noted.append(f"status {response.status}: {response.url}")
