"""Versions to test with: frozen as the worker does it."""

from app.domain.reviews import Verb
from app.domain.splits import Plan
from app.jobs.worker import run_job
from app.models import DatasetVersion, Skill, TrainingExample, User
from app.services.dataset_versions import get_dataset_version
from app.services.freezes import freeze
from app.services.jobs import get_job
from app.services.reviews import decide
from app.services.transactions import reading


def frozen(author: User, skill: Skill, *, note: str | None = None, plan: Plan | None = None) -> DatasetVersion:
    """Freeze a version and return it."""
    job = freeze(author, skill_id=skill.id, note=note, plan=plan or Plan())
    run_job(job_id=job.id)
    ended = get_job(author, job.id)
    assert ended.result, ended.problem
    return get_dataset_version(skill.id, ended.result["number"])


def approve(author: User, example: TrainingExample) -> TrainingExample:
    """Let the author approve a captured example, and return it as it is then."""
    decide(author, example_id=example.id, revision=example.revision, verb=Verb.APPROVE)
    return reading().get_one(TrainingExample, example.id)
