from flask import Response

from app.domain.skill_archives import FILE_NAME
from app.models import SkillVersion


def download_of(version: SkillVersion) -> Response:
    """Answer with the version's SKILL.md as a file to keep, exactly as it is stored."""
    response = Response(version.content.encode("utf-8"), mimetype="text/markdown")
    response.headers.set("Content-Disposition", "attachment", filename=FILE_NAME)
    response.set_etag(version.content_digest)
    return response
