"""HTML for people: one blueprint package per noun, and what they share."""

from flask import Flask

from app.web import (
    account,
    admin,
    audit_log,
    errors,
    guards,
    health,
    password_links,
    preferences,
    security,
    sessions,
    skills,
    suggestions,
    templating,
    training_examples,
    users,
)


def register(app: Flask) -> None:
    """Put the pages, and what surrounds every one of them, on the application."""
    security.init_app(app)
    templating.init_app(app)
    guards.init_app(app)
    errors.init_app(app)
    for package in (health, sessions, account, preferences, admin, skills, suggestions, training_examples):
        app.register_blueprint(package.blueprint)
    for package in (users, password_links, audit_log):
        app.register_blueprint(package.blueprint)
