"""A skill as a whole: retired and brought back by its author, handed over by an administrator."""

import pytest

from app.domain.errors import Conflict, NotAllowed, NotFound, Stale
from app.domain.skill_md import parse_skill_file
from app.models import User
from app.services import skill_lifecycle as service
from app.services.skill_versions import edit_skill
from app.services.skills import Filter, get_skills
from app.services.training_examples import get_training_example_count, submit_training_example
from app.services.transactions import reading
from app.services.votes import cast_vote, find_vote
from tests.support.factories import make_example, make_skill, make_user, skill_text
from tests.support.tables import dump, last_audit_record
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow


def names(**wanted):
    look_anew()
    return [skill.slug for skill in get_skills(wanted=Filter(**wanted)).rows]


def hand_over(actor, skill, user, *, author_id=None):
    return service.hand_over_skill(actor, skill_id=skill.id, email=user.email, author_id=author_id or skill.author_id)


def test_a_retired_skill_is_in_no_list_and_nothing_of_it_is_lost(author, skill):
    make_example(skill)
    make_skill(author, name="in-use", body="# Other\n")

    service.retire_skill(author, skill_id=skill.id)

    assert (names(), names(query="skill"), names(author_id=author.id)) == (["in-use"], [], ["in-use"])
    assert (names(retired=True), names(retired=True, query="skill")) == (["a-skill"], ["a-skill"])
    assert get_training_example_count(skill.id) == 1
    assert last_audit_record().action == "skill.retired"


def test_a_skill_is_brought_back(author, skill):
    service.retire_skill(author, skill_id=skill.id)

    service.bring_skill_back(author, skill_id=skill.id)

    assert (names(), names(retired=True)) == (["a-skill"], [])
    assert last_audit_record().action == "skill.brought_back"


def test_only_the_author_retires_and_brings_back(author, viewer, admin, skill):
    before = dump()
    for actor in (viewer, admin):
        with pytest.raises(NotAllowed):
            service.retire_skill(actor, skill_id=skill.id)
    assert dump() == before

    service.retire_skill(author, skill_id=skill.id)
    for actor in (viewer, admin):
        with pytest.raises(NotAllowed):
            service.bring_skill_back(actor, skill_id=skill.id)


def test_what_is_so_already_is_said(author, skill):
    with pytest.raises(Conflict, match="not retired"):
        service.bring_skill_back(author, skill_id=skill.id)
    service.retire_skill(author, skill_id=skill.id)
    with pytest.raises(Conflict, match="retired already"):
        service.retire_skill(author, skill_id=skill.id)


def test_the_new_author_has_every_right_and_the_old_one_none(admin, author, viewer, skill):
    hand_over(admin, skill, viewer)

    look_anew()
    assert skill.author_id == viewer.id
    example = {"skill_id": skill.id, "example_input": "In", "example_output": "Out"}
    assert submit_training_example(viewer, **example).example.id
    with pytest.raises(NotAllowed):
        submit_training_example(author, **{**example, "example_input": "Other"})
    cast_vote(author, skill_id=skill.id, vote_type="thumbs_up")


def test_a_hand_over_is_audited_with_both_authors(admin, author, viewer, skill):
    hand_over(admin, skill, viewer)

    record = last_audit_record()
    assert (record.action, record.actor_id, record.subject_id) == ("skill.handed_over", admin.id, skill.id)
    assert record.details == {"from_user": author.id, "to_user": viewer.id}


def test_the_new_authors_vote_goes_and_the_others_stay(admin, viewer, skill):
    other = make_user()
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down")
    cast_vote(other, skill_id=skill.id, vote_type="thumbs_up")

    hand_over(admin, skill, viewer)

    look_anew()
    assert (skill.total_feedback, skill.positive_feedback_pct) == (1, 100)
    assert find_vote(skill_id=skill.id, user_id=viewer.id) is None
    assert find_vote(skill_id=skill.id, user_id=other.id) is not None


def test_without_a_vote_of_the_new_author_the_aggregates_stay(admin, viewer, skill):
    cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_down")

    hand_over(admin, skill, viewer)

    look_anew()
    assert (skill.total_feedback, skill.positive_feedback_pct) == (1, 0)


def test_only_administrators_hand_over(author, viewer, skill):
    before = dump()

    for actor in (author, viewer):
        with pytest.raises(NotAllowed, match="Only administrators"):
            hand_over(actor, skill, viewer)
    assert dump() == before


def test_to_whom_a_skill_cannot_go_is_said(admin, author, viewer, skill):
    before = dump()

    with pytest.raises(Conflict, match="author already"):
        hand_over(admin, skill, author)
    with pytest.raises(NotFound, match="e-mail address"):
        service.hand_over_skill(admin, skill_id=skill.id, email="nobody@example.com", author_id=author.id)
    with pytest.raises(Stale):
        hand_over(admin, skill, viewer, author_id=viewer.id)
    assert dump() == before


def test_nobody_who_is_deactivated_gets_a_skill(admin, skill):
    with pytest.raises(Conflict, match="is deactivated"):
        hand_over(admin, skill, make_user("Gone", is_active=False))


def test_a_skill_goes_to_one_person_when_two_administrators_hand_it_over(app, admin, skill):
    receivers = [make_user().email for _ in range(4)]
    skill_id, author_id, admin_id = skill.id, skill.author_id, admin.id

    def give(email):
        actor = reading().get(User, admin_id)
        return service.hand_over_skill(actor, skill_id=skill_id, email=email, author_id=author_id).author_id

    results = run_together(app, [lambda email=email: give(email) for email in receivers])

    assert sum(isinstance(result, Stale) for result in results) == 3
    assert skill.author_id in results


def test_a_vote_and_a_hand_over_at_the_same_moment_leave_no_vote_of_the_author(app, admin, viewer, skill):
    skill_id, author_id, admin_id, viewer_id = skill.id, skill.author_id, admin.id, viewer.id

    def give():
        email = reading().get(User, viewer_id).email
        service.hand_over_skill(reading().get(User, admin_id), skill_id=skill_id, email=email, author_id=author_id)

    def vote():
        cast_vote(reading().get(User, viewer_id), skill_id=skill_id, vote_type="thumbs_up")

    run_together(app, [give, vote])

    assert skill.author_id == viewer_id
    assert (find_vote(skill_id=skill_id, user_id=viewer_id), skill.total_feedback) == (None, 0)


def test_an_edit_by_the_former_author_is_refused(admin, author, viewer, skill):
    hand_over(admin, skill, viewer)

    with pytest.raises(NotAllowed):
        edit_skill(
            author, skill_id=skill.id, file=parse_skill_file(skill_text("a-skill", body="# Mine\n")), version_number=1
        )
