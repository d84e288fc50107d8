"""For whoever runs the server: `/healthz` and `/readyz`."""

import pytest
from sqlalchemy import text

from app.extensions import db


@pytest.fixture
def one_migration_behind(app):
    """A database whose last migration has not been run; put right again afterwards."""
    with db.engine.begin() as connection:
        head = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    yield
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})


def test_the_process_says_that_it_is_alive(browser_of):
    response = browser_of().get("/healthz")

    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_a_migrated_installation_is_ready(browser_of):
    response = browser_of().get("/readyz")

    assert response.status_code == 200
    assert response.json == {"status": "ok"}


def test_an_installation_behind_its_migrations_is_not_ready_and_says_what_to_do(one_migration_behind, browser_of):
    response = browser_of().get("/readyz")

    assert response.status_code == 503
    assert "goldset db upgrade" in response.json["reason"]
    assert "0001" in response.json["reason"]


def test_an_installation_behind_its_migrations_is_still_alive(one_migration_behind, browser_of):
    assert browser_of().get("/healthz").status_code == 200


def test_health_needs_no_sign_in_on_a_site_that_is_closed(app, browser_of):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE site_settings SET viewing_requires_sign_in = TRUE"))

    assert browser_of().get("/healthz").status_code == 200
    assert browser_of().get("/readyz").status_code == 200
