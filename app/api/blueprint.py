"""Where the API's routes hang: those under /api, and those whose address a protocol decides."""

from flask import Blueprint

api = Blueprint("api", __name__, url_prefix="/api")
root = Blueprint("machines", __name__)
