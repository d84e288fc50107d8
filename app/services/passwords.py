"""Hashing of passwords with Argon2id.

Parameters follow the OWASP Password Storage Cheat Sheet (Argon2id: 12 MiB, three passes, one lane). Each hash needs a
core and that much memory, and the allocator keeps the memory for the thread that used it. So one thread makes all of
them, one after the other: signing in takes no more than one core from the rest, and no more than 12 MiB.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app import config
from app.domain.errors import NotAllowed

_hasher = PasswordHasher(memory_cost=12 * 1024, time_cost=3, parallelism=1)


def are_passwords_used() -> bool:
    """Return whether people sign in here with passwords (GOLDSET_LOCAL_SIGN_IN)."""
    return bool(config.get("GOLDSET_LOCAL_SIGN_IN"))


def check_passwords_are_used() -> None:
    """Raise `NotAllowed` where nobody signs in here with a password."""
    if not are_passwords_used():
        raise NotAllowed(f"Nobody signs in with a password here. Use {config.get('GOLDSET_OIDC_LABEL')}.")


def hash_password(password: str) -> str:
    """Return the Argon2id hash of `password`, with its parameters and a fresh salt in it."""
    return _thread().submit(_hasher.hash, password).result()


def is_password(password: str, password_hash: str | None) -> bool:
    """Return whether `password` is the one behind `password_hash`; without a hash it takes as long and is False."""
    try:
        _thread().submit(_hasher.verify, password_hash or _nobodys_hash(), password).result()
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="passwords")


@cache
def _nobodys_hash() -> str:
    """Return what is compared when there is no such user, so that the answer takes as long as for a wrong password."""
    return hash_password("nobody has this password")


# A server that forks its workers takes this module along, but not the thread.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_thread.cache_clear)
