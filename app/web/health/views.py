"""For whoever runs the server: is it alive, and may it get work?"""

from flask import Blueprint, Response, jsonify, make_response

from app.services.readiness import find_obstacle
from app.web.guards import Open, guard

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@guard(Open.TO_ALL)
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@guard(Open.TO_ALL)
def readyz() -> Response:
    """The database is reachable and its migrations are at head."""
    obstacle = find_obstacle()
    if obstacle:
        return make_response(jsonify(status="not ready", reason=obstacle), 503)
    return jsonify(status="ok")
