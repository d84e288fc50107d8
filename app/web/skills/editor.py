"""Writing a SKILL.md in the browser: a new skill, or the next version of one, with a preview beside the text.

Each fault is shown beside the line it is in, by the preview while one types and by the form once it was sent. The
preview shows what would be stored: redacted, and saved nowhere.
"""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, request, url_for

from app.domain.diffs import compare_texts
from app.domain.errors import Conflict, Duplicate, Invalid, Stale
from app.domain.frontmatter import Fault, SkillFileFaults
from app.domain.redaction import sanitize_payload
from app.domain.skill_archives import Upload, read_upload
from app.domain.skill_md import body_of, parse_skill_file
from app.domain.text import normalise_newlines, with_newlines_of
from app.models import Skill
from app.policies import Action
from app.services.skill_versions import add_skill, edit_skill, get_current_version
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.markdown import preview_markdown
from app.web.messages import saved_message
from app.web.skills.blueprint import blueprint
from app.web.skills.forms import BLANK, SkillForm, UploadForm

EDITOR = "skills/_editor.html"


@blueprint.get("/skills/new")
@guard(Action.ADD_SKILL)
def new() -> Response:
    """The editor with a blank SKILL.md, and a way to upload one instead."""
    return _new(SkillForm(content=BLANK))


@blueprint.post("/skills")
@guard(Action.ADD_SKILL)
def create() -> Response:
    """Add the skill that was typed or uploaded, with whoever sent it as its author."""
    form = SkillForm(request.form)
    try:
        upload = _sent(form)
        saved = add_skill(signed_in_user(), upload.parse())
    except SkillFileFaults as error:
        return _new(form, faults=error.faults, status=422)
    except Duplicate as error:
        form.refuse(str(error))
        return _new(form, status=409)
    message = saved_message(f"The skill {saved.skill.slug} is added.", saved.secrets_found)
    if upload.other_files:
        message += f" Of its folder the SKILL.md is kept, not the {upload.other_files} other files."
    flash(message)
    return htmx.go(url_for(".show", slug=saved.skill.slug))


@blueprint.post("/skills/preview")
@guard(Action.ADD_SKILL)
def preview_new() -> Response:
    """What a new skill would look like, or what is wrong with it."""
    form = SkillForm(request.form)
    return _preview(form) if htmx.wants_fragment() else _new(form, preview=_previewed(form))


@blueprint.get("/skills/<slug>/edit")
@guard(Action.EDIT_SKILL)
def edit(skill: Skill) -> Response:
    """The editor with the skill's present text."""
    version = get_current_version(skill)
    return _edit(skill, SkillForm(content=version.content), version_number=version.number)


@blueprint.post("/skills/<slug>/edit")
@guard(Action.EDIT_SKILL)
def update(skill: Skill) -> Response:
    """Save the text as the skill's next version, unless there is a newer one: then the difference is shown."""
    form, version_number = SkillForm(request.form), _sent_version()
    text = with_newlines_of(get_current_version(skill).content, form.content.data or "")
    try:
        file = parse_skill_file(text, name=skill.slug)
        saved = edit_skill(
            signed_in_user(), skill_id=skill.id, file=file, version_number=version_number, note=form.note.data or ""
        )
    except SkillFileFaults as error:
        return _edit(skill, form, version_number=version_number, faults=error.faults, status=422)
    except Invalid as error:
        form.add_errors(error.errors)
        return _edit(skill, form, version_number=version_number, status=422)
    except Stale as error:
        form.refuse(str(error))
        return _edit(skill, form, version_number=error.revision, is_stale=True, status=409)
    except Conflict as error:
        form.refuse(str(error))
        return _edit(skill, form, version_number=version_number, status=409)
    flash(saved_message(f"Version {saved.version} is saved.", saved.secrets_found))
    return htmx.go(url_for(".show", slug=skill.slug))


@blueprint.post("/skills/<slug>/preview")
@guard(Action.EDIT_SKILL)
def preview_edit(skill: Skill) -> Response:
    """What the skill would look like, or what is wrong with the text."""
    form = SkillForm(request.form)
    if htmx.wants_fragment():
        return _preview(form, name=skill.slug)
    return _edit(skill, form, version_number=_sent_version(), preview=_previewed(form, name=skill.slug))


def _sent(form: SkillForm) -> Upload:
    """Return what was uploaded, or else typed; the form then holds the text, to be mended there."""
    file = request.files.get("file")
    if file is None:
        return Upload(normalise_newlines(form.content.data or ""))
    if not file.filename:
        form.content.data = BLANK
        raise SkillFileFaults(Fault(None, "Choose a SKILL.md or a zipped skill folder first."))
    upload = read_upload(file.stream.read())
    form.content.data = upload.text
    return upload


def _new(form: SkillForm, *, status: int = 200, **context: Any) -> Response:
    return _editor(
        "skills/new.html",
        form,
        status=status,
        upload_form=UploadForm(),
        save_url=url_for(".create"),
        preview_url=url_for(".preview_new"),
        back_url=url_for(".index"),
        **context,
    )


def _edit(skill: Skill, form: SkillForm, *, version_number: int, is_stale: bool = False, **context: Any) -> Response:
    present = normalise_newlines(get_current_version(skill).content) if is_stale else ""
    typed = normalise_newlines(form.content.data or "")
    return _editor(
        "skills/edit.html",
        form,
        skill=skill,
        version_number=version_number,
        save_url=url_for(".update", slug=skill.slug),
        preview_url=url_for(".preview_edit", slug=skill.slug),
        back_url=url_for(".show", slug=skill.slug),
        pieces_of_diff=compare_texts(present, typed) if is_stale else (),
        **context,
    )


def _editor(
    page: str, form: SkillForm, *, status: int = 200, faults: Sequence[Fault] = (), preview: Any = None, **context: Any
) -> Response:
    return htmx.render(
        page,
        EDITOR,
        status=status,
        form=form,
        faults=faults,
        lines=_lines(form),
        preview=preview or {"faults": ()},
        **context,
    )


def _preview(form: SkillForm, *, name: str | None = None) -> Response:
    return htmx.render("skills/_preview.html", lines=_lines(form), preview=_previewed(form, name=name))


def _previewed(form: SkillForm, *, name: str | None = None) -> dict[str, Any]:
    """Return what the preview shows: the SKILL.md as it would be stored, or its faults."""
    text = normalise_newlines(form.content.data or "")
    try:
        parse_skill_file(text, name=name)
        clean = sanitize_payload(text)
        file = parse_skill_file(clean.sanitized, name=name)
    except SkillFileFaults as error:
        return {"faults": error.faults}
    body = preview_markdown(body_of(file.text, title=file.title))
    return {"faults": (), "file": file, "body": body, "secrets_found": clean.secrets_found}


def _lines(form: SkillForm) -> list[str]:
    return normalise_newlines(form.content.data or "").split("\n")


def _sent_version() -> int:
    return request.form.get("version_number", default=0, type=int)
