"""Who may do what: the whole of it, as one table that a test walks over HTTP.

Rows are routes, with a remark where one route answers differently for different things. Columns are people, and for
authors and administrators whether the skill is theirs. `closed` is somebody who is not signed in, on a site where
viewing needs signing in; for everybody else that switch must make no difference.
"""

import io
import itertools

import pytest

from app.domain.bulk_changes import Change
from app.domain.bulk_changes import Verb as ChangeVerb
from app.domain.jobs import Kind as JobKind
from app.domain.notifications import Kind
from app.domain.redaction import text_digest
from app.domain.reviews import Verb
from app.extensions import limiter
from app.jobs.worker import run_job
from app.models import Skill, Suggestion, TrainingExample, User
from app.services import clock, imports, site_settings
from app.services.allowed_texts import allow_texts, get_allowed_texts
from app.services.api_keys import create_api_key
from app.services.bulk_changes import begin_change
from app.services.dataset_versions import find_latest_version
from app.services.false_alarms import mark_false_alarm
from app.services.jobs import cancel_job, enqueue
from app.services.notifications import notify
from app.services.opinions import ask_for_opinion, give_opinion
from app.services.password_links import close_password_links
from app.services.preferences import change_preferences
from app.services.reviews import decide
from app.services.saved_filters import save_filter
from app.services.training_example_lists import EVERYTHING
from app.services.transactions import reading, writing
from app.services.user_administration import Operator, make_password_link
from app.services.votes import cast_vote
from tests.support.factories import (
    PASSWORD,
    capture,
    make_example,
    make_skill,
    make_suggestion,
    make_user,
    save_version,
    skill_text,
)
from tests.support.versions import frozen

MATRIX = """
                                                               closed anonymous viewer author author admin admin
                                                                                         own other's other's own
GET  /                                                            302    200    200    200    200    200    200
GET  /healthz                                                     200    200    200    200    200    200    200
GET  /readyz                                                      200    200    200    200    200    200    200
GET  /static/<path:filename>                                      200    200    200    200    200    200    200
GET  /login                                                       200    200    303    303    303    303    303
POST /login                                                       303    303    303    303    303    303    303
GET  /login/sso                                                   404    404    404    404    404    404    404
GET  /login/sso/callback                                          404    404    404    404    404    404    404
GET  /sign-up                                                     403    403    303    303    303    303    303
GET  /sign-up                                                open 200    200    303    303    303    303    303
POST /sign-up                                                     403    403    403    403    403    403    403
POST /sign-up                                                open 303    303    303    303    303    303    303
POST /logout                                                      303    303    303    303    303    303    303
GET  /account                                                     302    302    200    200    200    200    200
POST /account/name                                                401    401    303    303    303    303    303
POST /account/password                                            401    401    303    303    303    303    303
GET  /account/keys                                                302    302    200    200    200    200    200
POST /account/keys                                                401    401    201    201    201    201    201
POST /account/keys/<int:api_key_id>/revocation                    401    401    303    303    303    303    303
POST /account/keys/<int:api_key_id>/revocation          elsewhere 401    401    404    404    404    404    404
GET  /account/contributions                                       302    302    200    200    200    200    200
GET  /account/contributions/contributions.json                    302    302    200    200    200    200    200
GET  /account/contributions/<int:example_id>                      302    302    200    200    200    200    200
GET  /account/contributions/<int:example_id>            elsewhere 302    302    404    404    404    404    404
POST /account/contributions/<int:example_id>/redaction            401    401    303    303    303    303    303
POST /account/contributions/<int:example_id>/redaction  elsewhere 401    401    404    404    404    404    404
POST /account/contributions/<int:example_id>/removal              401    401    303    303    303    303    303
POST /account/contributions/<int:example_id>/removal    elsewhere 401    401    404    404    404    404    404
POST /account/contributions/excluded-skills                       401    401    303    303    303    303    303
POST /account/contributions/excluded-skills/<int:skill_id>/removal left-out 401 401 303 303    303    303    303
POST /account/contributions/excluded-skills/<int:skill_id>/removal 401   401    404    404    404    404    404
GET  /preferences                                                 302    302    200    200    200    200    200
POST /preferences                                                 401    401    303    303    303    303    303
POST /preferences/notifications                                   401    401    303    303    303    303    303
GET  /notifications                                               302    302    200    200    200    200    200
GET  /notifications/live                                          304    304    200    200    200    200    200
POST /notifications/reading                                       401    401    303    303    303    303    303
POST /notifications/<int:notification_id>/reading                 401    401    303    303    303    303    303
POST /notifications/<int:notification_id>/reading       elsewhere 401    401    404    404    404    404    404
GET  /jobs/<int:job_id>                                           302    302    200    200    200    200    200
GET  /jobs/<int:job_id>                                 elsewhere 302    302    404    404    404    404    404
GET  /jobs/<int:job_id>/live                                      302    302    200    200    200    200    200
GET  /jobs/<int:job_id>/live                            elsewhere 302    302    404    404    404    404    404
POST /jobs/<int:job_id>/cancellation                              401    401    303    303    303    303    303
POST /jobs/<int:job_id>/cancellation                    elsewhere 401    401    404    404    404    404    404
POST /jobs/<int:job_id>/cancellation                    cancelled 401    401    409    409    409    409    409
GET  /opinions                                                    302    302    200    200    200    200    200
GET  /opinions/<int:opinion_id>                                   302    302    200    200    200    200    200
GET  /opinions/<int:opinion_id>                         elsewhere 302    302    404    404    404    404    404
POST /opinions/<int:opinion_id>                                   401    401    303    303    303    303    303
POST /opinions/<int:opinion_id>                          answered 401    401    409    409    409    409    409
POST /opinions/<int:opinion_id>                         elsewhere 401    401    404    404    404    404    404
GET  /admin/settings                                              302    302    403    403    403    200    200
POST /admin/settings                                              401    401    403    403    403    303    303
GET  /admin/redaction                                             302    302    403    403    403    200    200
GET  /admin/capture                                               302    302    403    403    403    200    200
GET  /admin/users                                                 302    302    403    403    403    200    200
GET  /admin/users/new                                             302    302    403    403    403    200    200
POST /admin/users                                                 401    401    403    403    403    201    201
POST /admin/users/<int:user_id>/password-link                     401    401    403    403    403    201    201
POST /admin/users/<int:user_id>/deactivation                      401    401    403    403    403    303    303
POST /admin/users/<int:user_id>/deactivation          oneself     401    401    403    403    403    403    403
GET  /admin/users/<int:user_id>/delete                            302    302    403    403    403    200    200
POST /admin/users/<int:user_id>/delete                            401    401    403    403    403    303    303
POST /admin/users/<int:user_id>/delete                oneself     401    401    403    403    403    403    403
POST /admin/users/<int:user_id>/activation                        401    401    403    403    403    303    303
POST /admin/users/<int:user_id>/administrator                     401    401    403    403    403    303    303
POST /admin/users/<int:user_id>/administrator/removal             401    401    403    403    403    303    303
GET  /admin/audit                                                 302    302    403    403    403    200    200
GET  /admin/audit.csv                                             302    302    403    403    403    200    200
GET  /set-password/<token>                                        200    200    200    200    200    200    200
GET  /set-password/<token>                            used        404    404    404    404    404    404    404
POST /set-password/<token>                                        303    303    303    303    303    303    303
POST /set-password/<token>                            used        404    404    404    404    404    404    404
GET  /skills/new                                                  302    302    200    200    200    200    200
POST /skills                                                      401    401    303    303    303    303    303
POST /skills/preview                                              401    401    200    200    200    200    200
GET  /skills/<slug>                                               302    200    200    200    200    200    200
GET  /skills/<slug>                                       retired 302    200    200    200    200    200    200
GET  /skills/<slug>                                  not there    302    404    404    404    404    404    404
GET  /skills/<slug>/SKILL.md                                      302    200    200    200    200    200    200
GET  /skills/<slug>/edit                                          302    302    403    200    403    403    200
POST /skills/<slug>/edit                                          401    401    403    303    403    403    303
POST /skills/<slug>/preview                                       401    401    403    200    403    403    200
GET  /skills/<slug>/redaction                                     302    302    403    200    403    200    200
POST /skills/<slug>/redaction                                     401    401    403    303    403    403    303
POST /skills/<slug>/redaction/allowed-texts/<int:allowed_id>/removal 401 401    403    303    403    403    303
POST /skills/<slug>/redaction/allowed-texts/<int:allowed_id>/removal elsewhere 401 401 403 404 403   403    404
POST /skills/<slug>/retirement                                    401    401    403    303    403    403    303
POST /skills/<slug>/retirement                            retired 401    401    403    409    403    403    409
POST /skills/<slug>/retirement/removal                    retired 401    401    403    303    403    403    303
POST /skills/<slug>/retirement/removal                            401    401    403    409    403    403    409
GET  /skills/<slug>/author                                        302    302    403    403    403    200    200
POST /skills/<slug>/author                                        401    401    403    403    403    303    303
GET  /skills/<slug>/versions                                      302    200    200    200    200    200    200
GET  /skills/<slug>/versions/comparison                           302    200    200    200    200    200    200
GET  /skills/<slug>/versions/<int:number>                         302    200    200    200    200    200    200
GET  /skills/<slug>/versions/<int:number>               elsewhere 302    404    404    404    404    404    404
GET  /skills/<slug>/versions/<int:number>/SKILL.md                302    200    200    200    200    200    200
POST /skills/<slug>/versions/<int:number>/restoration     changed 401    401    403    303    403    403    303
POST /skills/<slug>/versions/<int:number>/restoration             401    401    403    409    403    403    409
POST /skills/<slug>/versions/<int:number>/restoration   elsewhere 401    401    403    404    403    403    404
POST /skills/<slug>/vote                                          401    401    303    403    303    303    403
POST /skills/<slug>/vote                                not there 401    404    404    404    404    404    404
POST /skills/<slug>/vote/withdrawal                         voted 401    401    303    403    303    303    403
POST /skills/<slug>/vote/withdrawal                               401    401    409    403    409    409    403
GET  /skills/<slug>/suggestions                                   302    200    200    200    200    200    200
POST /skills/<slug>/suggestions                                   401    401    303    303    303    303    303
GET  /skills/<slug>/suggestions/new                               302    302    200    200    200    200    200
GET  /skills/<slug>/suggestions/live                              200    200    200    200    200    200    200
GET  /skills/<slug>/suggestions/<int:suggestion_id>               302    200    200    200    200    200    200
GET  /skills/<slug>/suggestions/<int:suggestion_id>     elsewhere 302    404    404    404    404    404    404
POST /skills/<slug>/suggestions/<int:suggestion_id>/status        401    401    403    303    403    303    303
POST /skills/<slug>/suggestions/<int:suggestion_id>/status elsewhere 401 401    403    404    403    404    404
GET  /skills/<slug>/suggestions/<int:suggestion_id>/reply         302    302    403    200    403    403    200
POST /skills/<slug>/suggestions/<int:suggestion_id>/reply         401    401    403    303    403    403    303
POST /skills/<slug>/suggestions/<int:suggestion_id>/reply elsewhere 401  401    403    404    403    403    404
POST /skills/<slug>/suggestions/<int:suggestion_id>/application accepted 401 401 403   303    403    403    303
POST /skills/<slug>/suggestions/<int:suggestion_id>/application   401    401    403    409    403    403    409
POST /skills/<slug>/suggestions/<int:suggestion_id>/application elsewhere 401 401 403  404    403    403    404
GET  /skills/<slug>/training-data                                 302    200    200    200    200    200    200
GET  /skills/<slug>/training-data                 ?status=pending 302    302    403    200    403    200    200
GET  /skills/<slug>/training-data                ?status=rejected 302    302    403    200    403    200    200
GET  /skills/<slug>/training-data                     ?status=all 302    302    403    200    403    200    200
POST /skills/<slug>/training-data                                 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/preview                         401    401    403    200    403    403    200
POST /skills/<slug>/training-data/more-turns                      401    401    403    200    403    403    200
POST /skills/<slug>/training-data/filters                         401    401    303    303    303    303    303
POST /skills/<slug>/training-data/filters/<int:filter_id>/removal 401    401    303    303    303    303    303
POST /skills/<slug>/training-data/filters/<int:filter_id>/removal elsewhere 401 401 404 404    404    404    404
GET  /skills/<slug>/training-data/live                            200    200    200    200    200    200    200
GET  /skills/<slug>/training-data/live            ?status=pending 200    302    403    200    403    200    200
GET  /skills/<slug>/training-data/export                          302    200    200    200    200    200    200
GET  /skills/<slug>/training-data/export/<name>                   302    200    200    200    200    200    200
GET  /skills/<slug>/training-data/export/<name>/manifest          302    200    200    200    200    200    200
GET  /skills/<slug>/training-data/import                          302    302    403    200    403    403    200
POST /skills/<slug>/training-data/import                          401    401    403    303    403    403    303
GET  /skills/<slug>/training-data/imports/<int:import_id>         302    302    403    200    403    403    200
GET  /skills/<slug>/training-data/imports/<int:import_id> elsewhere 302  302    403    404    403    403    404
POST /skills/<slug>/training-data/imports/<int:import_id>/reading 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/imports/<int:import_id>/reading elsewhere 401 401 403 404   403    403    404
GET  /skills/<slug>/training-data/imports/<int:import_id>/rows/<int:number> 302 302 403 200   403    403    200
GET  /skills/<slug>/training-data/imports/<int:import_id>/rows/<int:number> elsewhere 302 302 403 404 403 403 404
POST /skills/<slug>/training-data/imports/<int:import_id>/rows/<int:number> 401 401 403 303   403    403    303
POST /skills/<slug>/training-data/imports/<int:import_id>/rows/<int:number> elsewhere 401 401 403 404 403 403 404
POST /skills/<slug>/training-data/imports/<int:import_id>/check 401      401    403    409    403    403    409
POST /skills/<slug>/training-data/imports/<int:import_id>/check elsewhere 401 401 403 404     403    403    404
POST /skills/<slug>/training-data/imports/<int:import_id>/addition 401   401    403    303    403    403    303
POST /skills/<slug>/training-data/imports/<int:import_id>/addition elsewhere 401 401 403 404  403    403    404
POST /skills/<slug>/training-data/imports/<int:import_id>/removal 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/imports/<int:import_id>/removal elsewhere 401 401 403 404   403    403    404
GET  /skills/<slug>/training-data/imports/<int:import_id>/wrong-rows.csv 302 302 403 200      403    403    200
GET  /skills/<slug>/training-data/imports/<int:import_id>/wrong-rows.csv elsewhere 302 302 403 404 403 403 404
GET  /skills/<slug>/training-data/export/folder.zip       ?version=1 302 200    200    200    200    200    200
GET  /skills/<slug>/training-data/export/folder.zip               302    422    422    422    422    422    422
GET  /skills/<slug>/training-data/schema                          302    200    200    200    200    200    200
POST /skills/<slug>/training-data/schema                          401    401    403    303    403    403    303
GET  /skills/<slug>/training-data/versions                        302    200    200    200    200    200    200
POST /skills/<slug>/training-data/versions                        401    401    403    303    403    403    303
GET  /skills/<slug>/training-data/versions/<int:number>           302    200    200    200    200    200    200
GET  /skills/<slug>/training-data/versions/<int:number> elsewhere 302    404    404    404    404    404    404
GET  /skills/<slug>/training-data/versions/comparison             302    200    200    200    200    200    200
GET  /skills/<slug>/training-data/versions/erasure-manifest       302    200    200    200    200    200    200
GET  /skills/<slug>/training-data/changes                         302    302    403    200    403    403    200
POST /skills/<slug>/training-data/changes                         401    401    403    303    403    403    303
POST /skills/<slug>/training-data/changes/<int:job_id>/undo       401    401    403    303    403    403    303
POST /skills/<slug>/training-data/changes/<int:job_id>/undo elsewhere 401 401   403    404    403    403    404
POST /skills/<slug>/training-data/changes/<int:job_id>/removal    401    401    403    303    403    403    303
POST /skills/<slug>/training-data/changes/<int:job_id>/removal elsewhere 401 401 403   404    403    403    404
GET  /skills/<slug>/training-data/review                          302    302    403    200    403    200    200
GET  /skills/<slug>/training-data/review/live                     200    302    403    200    403    200    200
POST /skills/<slug>/training-data/review/<int:example_id>/approval pending 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/review/<int:example_id>/approval elsewhere 401  401  403  404  403  403  404
POST /skills/<slug>/training-data/review/<int:example_id>/correction pending 401  401  403  303  403  403  303
POST /skills/<slug>/training-data/review/<int:example_id>/correction elsewhere 401  401  403  404  403  403  404
POST /skills/<slug>/training-data/review/<int:example_id>/rejection pending 401  401  403  303  403  403  303
POST /skills/<slug>/training-data/review/<int:example_id>/rejection elsewhere 401  401  403  404  403  403  404
POST /skills/<slug>/training-data/review/<int:example_id>/score pending 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/review/<int:example_id>/score elsewhere 401    401    403    404    403    403    404
POST /skills/<slug>/training-data/review/<int:example_id>/folding pending 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/review/<int:example_id>/folding elsewhere 401  401  403  404  403  403  404
POST /skills/<slug>/training-data/review/<int:example_id>/opinions pending 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/review/<int:example_id>/opinions elsewhere 401  401  403  404  403  403  404
POST /skills/<slug>/training-data/review/<int:example_id>/approval  401    401    403    409    403    403    409
POST /skills/<slug>/training-data/review/bulk             pending 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/review/bulk                     401    401    403    409    403    403    409
POST /skills/<slug>/training-data/review/undo             pending 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/review/undo           elsewhere 401    401    403    404    403    403    404
GET  /skills/<slug>/training-data/<int:example_id>                302    200    200    200    200    200    200
GET  /skills/<slug>/training-data/<int:example_id>        pending 302    404    404    200    404    200    200
GET  /skills/<slug>/training-data/<int:example_id>       rejected 302    404    404    200    404    200    200
GET  /skills/<slug>/training-data/<int:example_id>      elsewhere 302    404    404    404    404    404    404
GET  /skills/<slug>/training-data/<int:example_id>/edit           302    302    403    200    403    403    200
GET  /skills/<slug>/training-data/<int:example_id>/edit   pending 302    302    403    200    403    403    200
POST /skills/<slug>/training-data/<int:example_id>/edit           401    401    403    303    403    403    303
POST /skills/<slug>/training-data/<int:example_id>/edit elsewhere 401    401    403    404    403    403    404
POST /skills/<slug>/training-data/<int:example_id>/preview        401    401    403    200    403    403    200
POST /skills/<slug>/training-data/<int:example_id>/preview elsewhere 401 401    403    404    403    403    404
POST /skills/<slug>/training-data/<int:example_id>/more-turns     401    401    403    200    403    403    200
POST /skills/<slug>/training-data/<int:example_id>/more-turns elsewhere 401 401 403    404    403    403    404
GET  /skills/<slug>/training-data/<int:example_id>/false-alarms   302    302    200    200    200    200    200
GET  /skills/<slug>/training-data/<int:example_id>/false-alarms pending 302 302 404    200    404    200    200
POST /skills/<slug>/training-data/<int:example_id>/false-alarms   401    401    303    303    303    303    303
POST /skills/<slug>/training-data/<int:example_id>/false-alarms pending 401 401 404    303    404    303    303
POST /skills/<slug>/training-data/<int:example_id>/false-alarms/<int:alarm_id>/dismissal 401 401 403 303 403 403 303
GET  /skills/<slug>/training-data/<int:example_id>/delete         302    302    403    200    403    403    200
POST /skills/<slug>/training-data/<int:example_id>/delete         401    401    403    303    403    403    303
POST /skills/<slug>/training-data/<int:example_id>/delete pending 401    401    403    303    403    403    303
POST /skills/<slug>/training-data/<int:example_id>/delete elsewhere 401  401    403    404    403    403    404
"""
PEOPLE = ("closed", "anonymous", "viewer", "author", "other author", "administrator", "administrator's own")
NOT_ASKED = {"HEAD", "OPTIONS"}
MACHINES = ("api", "machines")
"""What keys open, not sessions: tests/api/test_authentication.py has their table."""
_numbers = itertools.count(1)


def rows() -> list[tuple[str, str, str, dict[str, int]]]:
    """The table as (method, route, remark, expected status of each person)."""
    lines = [line.split() for line in MATRIX.strip().splitlines()[2:]]
    return [
        (method, route, " ".join(rest[:-7]), dict(zip(PEOPLE, map(int, rest[-7:]), strict=True)))
        for method, route, *rest in lines
    ]


@pytest.fixture
def people(app) -> dict[str, User | None]:
    administrator = make_user("Adam Admin", is_admin=True)
    return {
        "closed": None,
        "anonymous": None,
        "viewer": make_user("Vera Viewer"),
        "author": make_user("Ada Author"),
        "other author": make_user("Otto Other"),
        "administrator": administrator,
        "administrator's own": administrator,
    }


def test_every_route_is_in_the_table(app):
    in_the_map = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - NOT_ASKED
        if rule.endpoint.partition(".")[0] not in MACHINES
    }

    assert {(method, route) for method, route, _, _ in rows()} == in_the_map


def test_the_table_says_each_thing_once():
    said = [(method, route, remark) for method, route, remark, _ in rows()]

    assert len(said) == len(set(said))


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(), ids=lambda row: " ".join(row[:3]).strip())
def test_the_table_is_what_happens(people, browser_of, row):
    method, route, remark, expected = row
    make_skill(people["other author"], name="of-the-other")
    of_author = make_skill(people["author"], name="of-the-author")
    of_administrator = make_skill(people["administrator"], name="of-the-administrator")
    elsewhere = make_example(make_skill(name="elsewhere"))
    suggested_elsewhere = make_suggestion(make_skill(name="suggested-elsewhere"))

    def status_for(name: str) -> int:
        limiter.reset()
        skill = of_administrator if name == "administrator's own" else of_author
        example = elsewhere if remark == "elsewhere" else make_example(skill, **state_of(remark))
        path = route.replace("<slug>", "not-there" if remark == "not there" else skill.slug)
        suggestion = suggested_elsewhere if remark == "elsewhere" else suggest(skill, remark)
        path = path.replace("<int:suggestion_id>", str(suggestion.id))
        path = path.replace("<int:example_id>", str(example.id)).replace("<path:filename>", "js/app.js")
        user = people[name]
        if route.startswith("/account/contributions/<int:example_id>"):
            whose = (user or people["viewer"]) if remark != "elsewhere" else make_user()
            example = capture(skill, whose)
            path = route.replace("<int:example_id>", str(example.id))
        if "<int:api_key_id>" in path:
            owner = (user or people["viewer"]) if remark != "elsewhere" else make_user()
            key = create_api_key(owner, name="A key", scopes=["track"]).api_key
            path = path.replace("<int:api_key_id>", str(key.id))
        if "<int:skill_id>" in path:
            path = path.replace("<int:skill_id>", str(skill.id))
            if user:
                left_out = {str(skill.id)} if remark == "left-out" else set()
                change_preferences(user, training_data_excluded_skills=frozenset(left_out))
        if "<int:alarm_id>" in path:
            path = path.replace("<int:alarm_id>", str(doubted(example)))
        if "<int:allowed_id>" in path:
            path = path.replace("<int:allowed_id>", str(allowed(elsewhere if remark == "elsewhere" else example)))
        if "<int:opinion_id>" in path:
            asked_of = (user or people["viewer"]) if remark != "elsewhere" else make_user()
            path = path.replace("<int:opinion_id>", str(asked(asked_of, is_answered=remark == "answered")))
        if "<int:filter_id>" in path:
            owner = (user or people["viewer"]) if remark != "elsewhere" else make_user()
            kept = save_filter(owner, skill_id=skill.id, name=f"Filter {next(_numbers)}", wanted={"q": "words"})
            path = path.replace("<int:filter_id>", str(kept.id))
        if "/training-data/changes" in path:
            whose = make_skill(people["author"]) if remark == "elsewhere" else skill
            path = path.replace("<int:job_id>", str(deleted_all(whose)))
        if "<int:job_id>" in path:
            owner = (user or people["viewer"]) if remark != "elsewhere" else make_user()
            path = path.replace("<int:job_id>", str(begun(owner, skill, is_cancelled=remark == "cancelled")))
        if "/training-data/import" in path:
            whose = make_skill(people["author"]) if remark == "elsewhere" else skill
            path = path.replace("<int:import_id>", str(brought_in(whose)))
            if route.endswith("/training-data/import"):
                discard(skill)
        if "/training-data/versions" in path or "/folder.zip" in path:
            freeze_what_there_is(skill)
        path = path.replace("<name>", "jsonl").replace("<int:number>", "99" if remark == "elsewhere" else "1")
        if "<int:notification_id>" in path:
            path = path.replace(
                "<int:notification_id>", str(told(None if remark == "elsewhere" else people[name], skill))
            )
        path = with_person(path, route, user if remark == "oneself" else None, used=remark == "used")
        prepare(skill, remark)
        if remark == "voted" and user and user.id != skill.author_id:
            cast_vote(user, skill_id=skill.id, vote_type="thumbs_down")
        fields = {
            **fields_for(user or people["viewer"]),
            "revision": str(suggestion.revision) if "<int:suggestion_id>" in route else "1",
            "version_number": str(skill.version_number),
            "author_id": str(skill.author_id),
            "text": example.example_input if route.startswith("/account/contributions/") else "",
            "skill": skill.slug,
            "scopes": "track",
            "content": skill_text(skill.slug, f"Number {next(_numbers)}."),
        }
        if route.endswith("/changes"):
            fields |= {"verb": "tag", "tag_name": f"tag {next(_numbers)}"}
        if "/training-data/import" in route:
            words = f"Imported {next(_numbers)}"
            fields |= {"text": f"input,output\n{words},An output\n", "format": "jsonl", "input": words, "output": "A"}
        if route == "/skills":
            fields["content"] = skill_text(f"a-new-skill-{next(_numbers)}")
        if route in ("/admin/users", "/sign-up"):
            fields["email"] = f"new{next(_numbers)}@example.com"
        if route == "/skills/<slug>/author":
            fields["email"] = make_user().email
        if route.endswith("/review/<int:example_id>/opinions"):
            fields["email"] = make_user().email
        if route.endswith("/folding"):
            fields["into"] = str(twin_of(example).id)
        if route.endswith("/bulk"):
            fields["up_to"] = str(example.id)
        if route.endswith("/review/undo"):
            fields["action_id"] = str(decided(example))
        query = remark if remark.startswith("?") else ""
        browser = browser_of(user)
        reading().rollback()  # whoever still reads keeps the old pages of what is erased
        return browser.ask(method, path + query, fields if method == "POST" else None).status_code

    close_site(False)
    happened = {name: status_for(name) for name in PEOPLE if name != "closed"}
    close_site(True)
    happened_when_closed = {name: status_for(name) for name in PEOPLE if name != "anonymous"}

    assert happened == {name: status for name, status in expected.items() if name != "closed"}
    assert happened_when_closed == {name: status for name, status in expected.items() if name != "anonymous"}


def told(user: User | None, skill: Skill) -> int:
    """Tell the user (None: somebody else) something, and return the notification's number."""
    receiver = user or make_user()
    return notify(Kind.AUTHORSHIP_TAKEN, user_id=receiver.id, actor=make_user(), skill_id=skill.id).id


def doubted(example: TrainingExample) -> int:
    """Mark a false alarm in the example and return its number."""
    return mark_false_alarm(make_user(), example=example, placeholder="[PASSWORD_1]").id


def allowed(example: TrainingExample) -> int:
    """Allow a text on the example's skill and return its number on the list."""
    skill = reading().get_one(Skill, example.skill_id)
    author = reading().get_one(User, skill.author_id)
    allow_texts(author, skill_id=skill.id, kinds={text_digest(f"text {next(_numbers)}"): "password"})
    return get_allowed_texts(skill.id)[0].allowed.id


def asked(user: User, *, is_answered: bool) -> int:
    """Ask the user for an opinion on an example of somebody else, let them answer it, and return its number."""
    author = make_user()
    example = make_example(make_skill(author), **state_of("pending"))
    opinion = ask_for_opinion(author, example_id=example.id, email=user.email)
    if is_answered:
        give_opinion(user, opinion_id=opinion.id, verdict="reject")
    return opinion.id


def begun(user: User, skill: Skill, *, is_cancelled: bool) -> int:
    """Let the user have something long done on the skill, and return the job's number."""
    job = enqueue(user, JobKind.FREEZE, skill_id=skill.id, wanted={})
    if is_cancelled:
        cancel_job(user, job_id=job.id)
    return job.id


def deleted_all(skill: Skill) -> int:
    """Delete all examples that the skill has by now, let it have another, and return the number of the change."""
    while run_job():
        pass
    make_example(skill)
    author = reading().get_one(User, skill.author_id)
    job = begin_change(author, skill_id=skill.id, change=Change(ChangeVerb.DELETE), wanted=EVERYTHING)
    run_job(job_id=job.id)
    make_example(skill)
    return job.id


def brought_in(skill: Skill) -> int:
    """Let the skill have an import that is ready, and return its number."""
    discard(skill)
    author = reading().get_one(User, skill.author_id)
    file = io.BytesIO(b'{"input": "Imported %d", "output": "An output"}' % next(_numbers))
    made = imports.stage_import(author, skill_id=skill.id, file=file, file_name="a file")
    while run_job():
        pass
    return made.id


def discard(skill: Skill) -> None:
    """Discard the skill's import that waits, where there is one."""
    while run_job():
        pass
    if found := imports.find_unfinished_import(skill.id):
        author = reading().get_one(User, skill.author_id)
        imports.discard_import(author, skill_id=skill.id, import_id=found.id)


def freeze_what_there_is(skill: Skill) -> None:
    """Let the skill have a version, an example that is in none, and no version that is being made."""
    while run_job():
        pass
    if find_latest_version(skill.id) is None:
        make_example(skill)
        frozen(reading().get_one(User, skill.author_id), skill)
    make_example(skill)


def twin_of(example: TrainingExample) -> TrainingExample:
    """Another example of the same skill that says the same but for a mark."""
    skill = reading().get_one(Skill, example.skill_id)
    return make_example(skill, f"{example.example_input}!", source="usage_capture", status="pending")


def decided(example: TrainingExample) -> int:
    """Let the author of the example's skill score it, and return the number of the action that undoes it."""
    author = reading().get_one(User, reading().get_one(Skill, example.skill_id).author_id)
    reading().refresh(example)
    return decide(author, example_id=example.id, revision=example.revision, verb=Verb.SCORE, quality_score=3).action_id


def prepare(skill: Skill, remark: str) -> None:
    """Bring the skill into the state that this row is about."""
    with writing():
        skill.retired_at = clock.now() if remark == "retired" else None
        site_settings.get_site_settings().open_sign_up = remark == "open"
    if remark == "changed":
        save_version(skill, body=f"# Changed {next(_numbers)}\n")


def with_person(path: str, route: str, user: User | None, *, used: bool) -> str:
    """The path with somebody in it to whom the route can be done, and with an open link of theirs."""
    if "<int:user_id>" in path:
        other = make_user(is_admin=route.endswith("/removal"), is_active=not route.endswith("/activation"))
        return path.replace("<int:user_id>", str((user or other).id))
    if "<token>" in path:
        link = make_password_link(Operator.COMMAND_LINE, user_id=make_user().id)
        if used:
            close_password_links(link.user.id)
        return path.replace("<token>", link.token)
    return path


def state_of(remark: str) -> dict[str, str]:
    """What the example is like that this row is about."""
    if remark in ("pending", "rejected"):
        return {
            "status": remark,
            "source": "usage_capture",
            "example_input": f"password=[PASSWORD_1] {next(_numbers)}",
        }
    return {"example_input": f"password=[PASSWORD_1] {next(_numbers)}"}


def suggest(skill: Skill, remark: str) -> Suggestion:
    """A suggestion that can be applied where its state lets it."""
    content = skill_text(skill.slug, body=f"# Suggested {next(_numbers)}\n")
    status = remark if remark == "accepted" else "pending"
    return make_suggestion(skill, suggested_content=content, status=status)


def fields_for(user: User) -> dict[str, str]:
    """Good values for every form there is, so that nothing but a guard says no."""
    return {
        "example_input": f"Input {next(_numbers)} of the table",
        "example_output": "An output",
        "category": "error",
        "severity": "critical",
        "comment": "A comment of its own",
        "status": "dismissed",
        "reply": "A reply",
        "name": user.name,
        "current_password": PASSWORD,
        "new_password": PASSWORD,
        "email": user.email,
        "password": PASSWORD,
        "viewing_requires_sign_in": "y",
        "vote_type": "thumbs_up",
        "personal_data": "on",
        "placeholder": "[PASSWORD_1]",
        "expected_output": "A better output",
        "reason": "A reason",
        "quality_score": "7",
        "verb": "approve",
        "verdict": "reject",
        "note": "A note",
        "seed": "1",
        "validation_percent": "10",
        "test_percent": "10",
    }


def close_site(closed: bool) -> None:
    with writing():
        site_settings.get_site_settings().viewing_requires_sign_in = closed
