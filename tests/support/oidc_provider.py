"""A small OpenID provider on loopback: it signs in whoever comes as the person it was told to, and checks what it gets.

It speaks OpenID Connect Core 1.0 as far as the authorization code flow with PKCE goes, and can be told to misbehave.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "goldset", "a secret of the client"


@dataclass
class Provider:
    """Whom it signs in, and what it does wrong. `claims` replace what its ID tokens say; None takes a claim away."""

    person: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    token_status: int = 200
    signs_with_another_key: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.other_key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        provider = self

        class Handler(_Handler):
            site = provider

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> "Provider":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def behave(self) -> None:
        """Forget whom to sign in and what to do wrong."""
        self.person, self.claims, self.metadata, self.seen = {}, {}, {}, []
        self.error, self.token_status, self.signs_with_another_key = None, 200, False

    def settings(self, **more: str) -> dict[str, str]:
        """Return the settings of a Goldset that uses this provider."""
        return {
            "GOLDSET_OIDC_ISSUER": self.issuer,
            "GOLDSET_OIDC_CLIENT_ID": CLIENT_ID,
            "GOLDSET_OIDC_CLIENT_SECRET": CLIENT_SECRET,
            **more,
        }

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "email_verified": True,
            **self.person,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.other_key if self.signs_with_another_key else self.key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)


class _Handler(BaseHTTPRequestHandler):
    site: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.site.seen.append(parts.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                self._answer(self._metadata())
            case "/jwks":
                self._answer({"keys": [self.site.key.as_dict(private=False)]})
            case "/authorize":
                self._authorize(query)
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        self.site.seen.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.site.codes.pop(fields.get("code", ""), None)
        if self.site.token_status != 200:
            self.send_error(self.site.token_status)
        elif asked is None or not self._is_client() or not _proves(fields, asked):
            self._answer({"error": "invalid_grant"}, 400)
        else:
            token = self.site.id_token(asked["nonce"])
            self._answer({"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": token})

    def _metadata(self) -> dict[str, Any]:
        issuer = self.site.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
            **self.site.metadata,
        }

    def _authorize(self, query: dict[str, str]) -> None:
        if query.get("client_id") != CLIENT_ID or "openid" not in query["scope"].split():
            self.send_error(400)
            return
        code = secrets.token_urlsafe(8)
        self.site.codes[code] = query
        answer = {"error": self.site.error} if self.site.error else {"code": code}
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode({**answer, 'state': query['state']})}")
        self.end_headers()

    def _is_client(self) -> bool:
        kind, _, credentials = self.headers.get("Authorization", "").partition(" ")
        sent = base64.b64decode(credentials).decode() if kind == "Basic" else ""
        return unquote(sent) == f"{CLIENT_ID}:{CLIENT_SECRET}"

    def _answer(self, value: object, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _proves(fields: dict[str, str], asked: dict[str, str]) -> bool:
    """Return whether who brings the code is who asked for it: the same address, and RFC 7636's proof."""
    digest = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return asked["code_challenge"] == challenge and asked["redirect_uri"] == fields.get("redirect_uri")
