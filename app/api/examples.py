"""`GET /api/v1/skills/<slug>/examples`: a skill's approved examples, streamed in any of the exchange formats."""

from flask import Response, request

from app.api.authentication import authenticated
from app.api.blueprint import api
from app.domain.api_keys import Scope
from app.downloads import send_export
from app.models import ApiKey
from app.services.dataset_rows import Selection
from app.services.exports import get_format
from app.services.skills import get_skill_by_slug


@api.get("/v1/skills/<slug>/examples")
@authenticated(Scope.READ)
def get_examples(api_key: ApiKey, slug: str) -> Response:
    """Return the examples as a file that is written while it is sent."""
    chosen = get_format(request.args.get("format", "jsonl"))
    wanted = Selection(get_skill_by_slug(slug), query=request.args.get("q", ""), tag=request.args.get("tag", ""))
    return send_export(wanted, chosen)
