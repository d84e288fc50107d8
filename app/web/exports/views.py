"""Exports of a version, or of the approved examples: what each format holds, the file, and its manifest."""

from flask import Blueprint, Response, request, stream_with_context

from app.domain.errors import Invalid
from app.domain.formats import FORMATS
from app.domain.splits import SPLITS, Split
from app.downloads import send_export
from app.models import Skill
from app.policies import Action
from app.services import exports as service
from app.services.dataset_folders import stream_folder
from app.services.dataset_rows import Selection
from app.services.dataset_versions import count_splits, get_dataset_version
from app.services.tags import get_tags
from app.web import htmx
from app.web.guards import guard

blueprint = Blueprint("exports", __name__, url_prefix="/skills/<slug>/training-data/export")


@blueprint.get("")
@guard(Action.VIEW_SKILLS)
def index(skill: Skill) -> Response:
    """The formats, what each cannot hold, and how many rows that touches."""
    wanted = _selection(skill)
    return htmx.render(
        "exports/index.html",
        skill=skill,
        wanted=wanted,
        parameters=_parameters(wanted),
        counts=count_splits(wanted.version.id) if wanted.version else {},
        splits=SPLITS,
        formats=FORMATS,
        losses=service.count_losses(wanted),
        tags=get_tags(skill.id),
    )


@blueprint.get("/folder.zip")
@guard(Action.VIEW_SKILLS)
def folder(skill: Skill) -> Response:
    """A version as a folder for `datasets` and the Hugging Face hub, written while it is sent."""
    wanted = _selection_of_file(skill)
    response = Response(stream_with_context(stream_folder(wanted)), mimetype="application/zip")
    response.headers["Content-Disposition"] = f"attachment; filename={_file_name(wanted, 'folder')}.zip"
    return response


@blueprint.get("/<name>")
@guard(Action.VIEW_SKILLS)
def download(skill: Skill, name: str) -> Response:
    """The file, written while it is sent; of a version's, the rest where it broke off."""
    chosen, wanted = service.get_format(name), _selection_of_file(skill)
    response = send_export(wanted, chosen)
    response.headers["Content-Disposition"] = (
        f"attachment; filename={_file_name(wanted, name)}.{chosen.layout.extension}"
    )
    return response


@blueprint.get("/<name>/manifest")
@guard(Action.VIEW_SKILLS)
def manifest(skill: Skill, name: str) -> Response:
    """What the file is known by: its rows' hash, its own SHA-256, the version and split or the filter, the counts."""
    chosen, wanted = service.get_format(name), _selection_of_file(skill)
    pieces = service.stream_manifest(wanted, chosen)
    response = Response(stream_with_context(pieces), mimetype="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename={_file_name(wanted, name)}.manifest.json"
    return response


def _selection(skill: Skill) -> Selection:
    """Return the rows that the URL asks for. Only a version has splits, and only the examples as they are, a filter."""
    asked = request.args.get("version", "")
    if not asked:
        return Selection(skill, query=request.args.get("q", ""), tag=request.args.get("tag", ""))
    split = request.args.get("split", "")
    return Selection(skill, get_dataset_version(skill.id, asked), Split(split) if split in set(SPLITS) else None)


def _selection_of_file(skill: Skill) -> Selection:
    """Return the same, or raise `Invalid`: a file of all rows is not what somebody takes for one split."""
    wanted = _selection(skill)
    if request.args.get("split") and wanted.split is None:
        raise Invalid({"split": f"Ask for one of {', '.join(SPLITS)}, of a version."})
    return wanted


def _parameters(wanted: Selection) -> dict[str, object]:
    """Return the selection as the URLs of its files say it."""
    return {
        "version": wanted.version.number if wanted.version else None,
        "split": wanted.split.value if wanted.split else None,
        "q": wanted.query or None,
        "tag": wanted.tag or None,
    }


def _file_name(wanted: Selection, name: str) -> str:
    version = f".v{wanted.version.number}" if wanted.version else ""
    split = f".{wanted.split.value}" if wanted.split else ""
    return f"{wanted.skill.slug}{version}{split}.{name}"
