"""The company's OpenID provider: the authorization code flow with PKCE, state and nonce, by Authlib.

Authlib comes with the extra `sso` and takes half a second to import, so it is imported when somebody signs in with it.
What the provider answers is checked here: the ID token's signature against its published keys, issuer, audience, expiry
and nonce. Nothing of it is stored but who it speaks of, and nothing of it is logged.
"""

import logging
from typing import Any

from flask import Response, current_app

from app import config
from app.services.identities import Vouched

log = logging.getLogger(__name__)

NAME = "goldset"
SCOPE = "openid email profile"
TIMEOUT_SECONDS = 10
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures by a key that only the provider has: neither `none`, nor those with a shared secret."""


class Unreachable(Exception):
    """The provider does not answer, or with something that is no answer."""


class Refused(Exception):
    """The provider did not sign anybody in, or what it said did not hold."""


def is_configured() -> bool:
    """Return whether people can sign in with the company's account."""
    return bool(config.get("GOLDSET_OIDC_ISSUER"))


def send_there(callback_url: str) -> Response:
    """Answer with a redirect to the provider's sign-in page, from where people come back to `callback_url`."""
    from requests import RequestException

    try:
        client = _client()
        _check_metadata(client.load_server_metadata())
        response: Response = client.authorize_redirect(callback_url)
    except (RequestException, ValueError, KeyError, RuntimeError) as error:
        _note(error)
        raise Unreachable from None
    return response


def read_answer() -> Vouched:
    """Return whom the provider vouches for, from the request that came back from there."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    options = {
        "iss": {"essential": True, "values": [config.get("GOLDSET_OIDC_ISSUER")]},
        "aud": {"essential": True, "values": [config.get("GOLDSET_OIDC_CLIENT_ID")]},
    }
    try:
        client = _client()
        _check_metadata(client.load_server_metadata())
        claims = client.authorize_access_token(claims_options=options)["userinfo"]
    except RequestException as error:
        _note(error)
        raise Unreachable from None
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as error:
        _note(error)
        raise Refused from None
    return Vouched(
        issuer=config.get("GOLDSET_OIDC_ISSUER"),
        subject=str(claims["sub"]),
        email=_text(claims.get("email")),
        email_verified=claims.get("email_verified") is True,
        name=_text(claims.get("name")),
    )


def _client() -> Any:
    """Return Authlib's client, made once per process: it remembers the provider's addresses and keys."""
    from authlib.integrations.flask_client import OAuth

    oauth = current_app.extensions.get("authlib.integrations.flask_client") or OAuth(current_app)
    return oauth.create_client(NAME) or oauth.register(
        NAME,
        client_id=config.get("GOLDSET_OIDC_CLIENT_ID"),
        client_secret=config.get("GOLDSET_OIDC_CLIENT_SECRET"),
        server_metadata_url=config.get("GOLDSET_OIDC_ISSUER").rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={
            "scope": SCOPE,
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_SECONDS,
        },
    )


def _check_metadata(metadata: dict[str, Any]) -> None:
    """Raise where the provider is another one than was configured; leave it only signatures that can be trusted."""
    if metadata["issuer"] != config.get("GOLDSET_OIDC_ISSUER"):
        raise ValueError("the provider calls itself by another name")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    trusted = [name for name in offered if name in ALGORITHMS]
    if not trusted:
        raise ValueError("the provider offers no signature that can be trusted")
    metadata["id_token_signing_alg_values_supported"] = trusted


def _text(claim: object) -> str | None:
    return claim if isinstance(claim, str) else None


def _note(error: Exception) -> None:
    """Log of a failure what kind it was. What it says may hold a code or a token, so it goes no further."""
    log.warning("Signing in with the company's account failed: %s", type(error).__name__)
