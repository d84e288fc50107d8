"""API keys: made by their owners (or on the command line for them), shown once, looked up by digest."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from app.domain import api_keys as rules
from app.domain.api_keys import Scope
from app.domain.errors import Conflict, Invalid, NotFound
from app.models import ApiKey, User
from app.models.base import is_id
from app.policies import Action, check
from app.services import audit, clock
from app.services.transactions import reading, writing

USE_IS_NOTED_EVERY = timedelta(minutes=1)
"""A key that is used all the time would otherwise be written to all the time."""


class NewApiKey(NamedTuple):
    """A key that was just made. This is the only place where the key itself is."""

    api_key: ApiKey
    key: str

    def __repr__(self) -> str:
        return f"NewApiKey({self.api_key.prefix}...)"


def create_api_key(
    actor: User, *, name: str, scopes: Collection[str], days: int | None = None, by_operator: bool = False
) -> NewApiKey:
    """Make a key for the acting user that may do what `scopes` say, for so many days (None: until it is revoked).

    `by_operator` says in the audit log that the command line made it for them.
    """
    check(actor, Action.USE_OWN_ACCOUNT)
    if problems := rules.problems_with_key(name=name, scopes=scopes, days=days):
        raise Invalid(problems)
    new = rules.new_key()
    moment = clock.now()
    with writing() as session:
        api_key = ApiKey(
            user_id=actor.id,
            name=name.strip(),
            prefix=new.prefix,
            digest=new.digest,
            scopes=rules.scopes_to_stored(scopes),
            created_at=moment,
            expires_at=rules.expiry(days, now=moment),
        )
        session.add(api_key)
        session.flush()
        _audit(None if by_operator else actor.id, "created", api_key, scopes=api_key.scopes, days=days)
    return NewApiKey(api_key, new.key)


def revoke_api_key(actor: User, *, api_key_id: int, by_operator: bool = False) -> ApiKey:
    """End one of the acting user's keys for good; `NotFound`, and `Conflict` where it is revoked already."""
    check(actor, Action.USE_OWN_ACCOUNT)
    with writing() as session:
        api_key = session.get(ApiKey, api_key_id, with_for_update=True) if is_id(api_key_id) else None
        if api_key is None or api_key.user_id != actor.id:
            raise NotFound(f"API key with the number {api_key_id}")
        if api_key.revoked_at is not None:
            raise Conflict("This key is revoked already.")
        api_key.revoked_at = clock.now()
        _audit(None if by_operator else actor.id, "revoked", api_key)
    return api_key


def get_api_keys(actor: User) -> Sequence[ApiKey]:
    """Return the acting user's keys, newest first, revoked and expired ones included: they are few."""
    check(actor, Action.USE_OWN_ACCOUNT)
    return reading().scalars(select(ApiKey).where(ApiKey.user_id == actor.id).order_by(ApiKey.id.desc())).all()


def find_api_key(key: str) -> ApiKey | None:
    """Return the key that works right now, with its owner, or None: unknown, revoked, expired, owner deactivated."""
    if not key.startswith(rules.MARK):
        return None
    moment = clock.now()
    statement = (
        select(ApiKey)
        .join(ApiKey.user)
        .options(joinedload(ApiKey.user))
        .where(ApiKey.digest == rules.digest_of(key), ApiKey.revoked_at.is_(None), User.is_active)
        .where(or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > moment))
    )
    return reading().scalars(statement).one_or_none()


def may(api_key: ApiKey, scope: Scope) -> bool:
    """Return whether the key may be used for this."""
    return scope in rules.scopes_from_stored(api_key.scopes)


def note_use(api_key: ApiKey) -> None:
    """Remember that the key was used just now, unless that was noted within the last minute."""
    moment = clock.now()
    if api_key.last_used_at is not None and moment - api_key.last_used_at < USE_IS_NOTED_EVERY:
        return
    with writing() as session:
        session.execute(update(ApiKey).where(ApiKey.id == api_key.id).values(last_used_at=moment))


def _audit(actor_id: int | None, verb: str, api_key: ApiKey, **details: object) -> None:
    audit.record(
        actor_id=actor_id,
        action=f"api_key.{verb}",
        subject="api_key",
        subject_id=api_key.id,
        user_id=api_key.user_id,
        **details,
    )
