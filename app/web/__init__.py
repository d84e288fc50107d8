"""HTML for people: one blueprint package per noun, and what they share."""

from flask import Flask

from app.web import (
    account,
    admin,
    errors,
    guards,
    health,
    preferences,
    security,
    sessions,
    skills,
    suggestions,
    templating,
    training_examples,
    votes,
)


def register(app: Flask) -> None:
    """Put the pages, and what surrounds every one of them, on the application."""
    security.init_app(app)
    templating.init_app(app)
    guards.init_app(app)
    errors.init_app(app)
    for package in (health, sessions, account, preferences, admin, skills, suggestions, training_examples, votes):
        app.register_blueprint(package.blueprint)
