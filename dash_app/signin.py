"""Signing in and out: names and passwords, sessions that can be ended, attempts that are slowed."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from flask import Flask, redirect, render_template, request, session
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)
from werkzeug.wrappers import Response

from core.readmodels import UserAccount
from dash_app.document import FIRST_PAINT, versioned
from dash_app.guard import Caller
from dash_app.passwords import hash_password, password_matches
from dash_app.roles import Role
from dash_app.throttle import Throttle

SESSION_LENGTH = timedelta(hours=12)
LONGEST_PASSWORD = 1024
WRONG = "The name or the password is not right."
TOO_MANY = "Too many attempts. Wait a minute, then try again."

logger = logging.getLogger("clientele.signin")


class UserStore(Protocol):
    """Where users are found and their sessions end."""

    def by_name(self, name: str) -> UserAccount | None:
        """Return the user of that name, active or not."""
        ...

    def by_session(self, token: str) -> UserAccount | None:
        """Return the active user whose present session token this is."""
        ...

    def end_sessions(self, name: str) -> None:
        """Make every cookie of that user worthless."""
        ...


class SignedIn(UserMixin):
    """A user as Flask-Login knows them; the session holds their token: a new one ends it."""

    def __init__(self, account: UserAccount) -> None:
        self.account = account

    def get_id(self) -> str:
        """Return what the session keeps."""
        return self.account.session_token


def install_sign_in(
    server: Flask, users: UserStore, *, secret_key: str, assets: Path
) -> Callable[[], Caller | None]:
    """Add the sign-in page, sign-out and sessions; return the function that says who asks."""
    server.secret_key = secret_key
    server.config.update(
        SESSION_COOKIE_NAME="__Host-clientele",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=SESSION_LENGTH,
        SESSION_REFRESH_EACH_REQUEST=False,  # ends so long after signing in, whatever happens
    )
    manager = LoginManager(server)
    manager.session_protection = "basic"

    @manager.user_loader
    def load_user(token: str) -> SignedIn | None:
        account = users.by_session(token)
        return SignedIn(account) if account else None

    _add_pages(server, users, assets)
    return _signed_in_caller


def _signed_in_caller() -> Caller | None:
    if not current_user.is_authenticated:
        return None
    account: UserAccount = current_user.account
    return Caller(account.name, Role(account.role))


def _add_pages(server: Flask, users: UserStore, assets: Path) -> None:
    throttle = Throttle()
    nobodys_hash = hash_password(secrets.token_hex())  # verified for names that do not exist
    styles = [
        versioned(assets, name)
        for name in ("0-vendor/3-inter/inter.css", "css/0-tokens.css", "css/login.css")
    ]
    first_paint, brand = versioned(assets, FIRST_PAINT), versioned(assets, "brand.svg")

    def page(problem: str = "", name: str = "") -> str:
        return render_template(
            "login.html",
            problem=problem,
            name=name,
            target=request.values.get("next", ""),
            styles=styles,
            first_paint=first_paint,
            brand=brand,
        )

    def login() -> Response | str | tuple[str, int]:
        if request.method == "GET":
            return redirect("/") if _signed_in_caller() else page()
        name = request.form.get("name", "").strip().lower()[:200]
        if not throttle.allows(name):
            return page(TOO_MANY, name), 429
        account = users.by_name(name) if "\0" not in name else None
        password = request.form.get("password", "")[:LONGEST_PASSWORD]
        is_right = password_matches(account.password_hash if account else nobodys_hash, password)
        if account is None or not is_right or not account.is_active:
            throttle.failed(name)
            logger.warning("sign-in refused for %r", name)
            return page(WRONG, name), 401
        throttle.succeeded(name)
        session.clear()
        session.permanent = True
        login_user(SignedIn(account))
        return redirect(safe_target(request.form.get("next", "")))

    def logout() -> Response:
        if caller := _signed_in_caller():
            users.end_sessions(caller.name)
        logout_user()
        session.clear()
        return redirect("/login")

    server.add_url_rule("/login", "login", login, methods=["GET", "POST"])
    server.add_url_rule("/logout", "logout", logout, methods=["POST"])


def safe_target(wanted: str) -> str:
    """Return the path to go to after signing in: one of ours, or home.

    >>> safe_target("/compare?d=bank"), safe_target("//evil.example"), safe_target("https://evil")
    ('/compare?d=bank', '/', '/')
    """
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/log"))
    return wanted if is_ours and wanted.isprintable() else "/"
