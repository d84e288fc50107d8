"""Who calls: the owner of the API key in the Authorization header. A session's cookie means nothing here.

Order: the key, then how often it may call, then its scope, then the signature where one is sent. Calls without a good
key are counted by network, so that guessing is slow as well as hopeless.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, request

from app import config
from app.domain.api_keys import Scope
from app.domain.errors import NotAllowed, SignInRequired
from app.extensions import limiter, network_of_request
from app.models import ApiKey
from app.services.api_keys import find_api_key, may, note_use

View = Callable[..., Response]
SIGNATURE = "X-Goldset-Signature"
REPLAY_WINDOW_SECONDS = 300


def authenticated(*scopes: Scope, most_bytes: str = "GOLDSET_MAX_API_BYTES") -> Callable[[View], View]:
    """Declare that a view needs a key with one of these scopes, and hand the key to it as `api_key`.

    `most_bytes` names the setting that says how large a body may be.
    """

    def declare(view: View) -> View:
        @limiter.limit(_limit, key_func=_name_of_caller)
        @wraps(view)
        def limited(**kwargs: Any) -> Response:
            if not any(may(g.api_key, scope) for scope in scopes):
                raise NotAllowed(f"This key may not do that: make one with the scope {' or '.join(scopes)}.")
            _check_signature()
            return view(api_key=g.api_key, **kwargs)

        @wraps(view)
        def guarded(**kwargs: Any) -> Response:
            request.max_content_length = config.get(most_bytes)
            g.api_key = _identify()
            response: Response = limited(**kwargs)
            note_use(g.api_key)
            return response

        guarded.guard = scopes  # type: ignore[attr-defined]
        return guarded

    return declare


def open_to_all(view: View) -> View:
    """Declare that anybody may call this: it tells nothing but what the API is."""
    view.guard = None  # type: ignore[attr-defined]
    return view


def bearer_key() -> str:
    """Return the key that the caller sent; raise `SignInRequired` where there is none."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not key.strip():
        raise SignInRequired("Send an API key: Authorization: Bearer goldset_...")
    return key.strip()


def _identify() -> ApiKey:
    api_key = find_api_key(bearer_key())
    if api_key is None:
        _count_failure()
        raise SignInRequired("This API key is unknown, revoked or expired.")
    return api_key


@limiter.limit(lambda: config.get("GOLDSET_API_LIMIT"), key_func=network_of_request, scope="api-failures")
def _count_failure() -> None:
    """Count a call with a key that does not work; raises where there were too many."""


def _limit() -> str:
    return str(config.get("GOLDSET_API_LIMIT"))


def _name_of_caller() -> str:
    return f"api-key-{g.api_key.id}"


def _check_signature() -> None:
    """Refuse a signature that is wrong or old. `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of "<t>." and the body."""
    sent = request.headers.get(SIGNATURE)
    if sent is None:
        return
    parts = dict(part.partition("=")[::2] for part in sent.split(","))
    moment, signature = parts.get("t", ""), parts.get("v1", "")
    if not (moment.isascii() and moment.isdigit()) or abs(time.time() - int(moment[:12])) > REPLAY_WINDOW_SECONDS:
        raise SignInRequired(f"The signature is older than {REPLAY_WINDOW_SECONDS} seconds, or its time is not a time.")
    signed = f"{moment}.".encode() + request.get_data(cache=True)
    expected = hmac.new(bearer_key().encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        raise SignInRequired("The signature does not fit the body.")
