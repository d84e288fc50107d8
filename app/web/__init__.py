"""HTML for people: one blueprint package per noun, and what they share."""

from flask import Flask

from app.web import (
    account,
    admin,
    api_keys,
    audit_log,
    bulk_changes,
    contributions,
    dataset_versions,
    errors,
    example_schemas,
    exports,
    false_alarms,
    guards,
    health,
    imports,
    jobs,
    notifications,
    opinions,
    password_links,
    preferences,
    redaction,
    reviews,
    saved_filters,
    security,
    sessions,
    sign_up,
    skill_versions,
    skills,
    sso,
    suggestions,
    templating,
    training_examples,
    users,
    votes,
)


def register(app: Flask) -> None:
    """Put the pages, and what surrounds every one of them, on the application."""
    security.init_app(app)
    templating.init_app(app)
    guards.init_app(app)
    errors.init_app(app)
    for package in (health, sessions, sso, sign_up, password_links):
        app.register_blueprint(package.blueprint)
    for package in (account, preferences, notifications, api_keys, contributions, opinions):
        app.register_blueprint(package.blueprint)
    for package in (skills, skill_versions, votes, suggestions, training_examples, exports):
        app.register_blueprint(package.blueprint)
    for package in (saved_filters, bulk_changes, dataset_versions, example_schemas, imports, jobs):
        app.register_blueprint(package.blueprint)
    for package in (reviews, false_alarms, redaction):
        app.register_blueprint(package.blueprint)
    for package in (admin, users, audit_log):
        app.register_blueprint(package.blueprint)
