"""Usage: every use is counted, and content is kept only where the site, the user and the skill's place in it allow."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from app.domain.consent import NOTICE
from app.domain.errors import NotAllowed, NotFound, SignInRequired
from app.domain.redaction import text_digest
from app.domain.training_examples import content_digest
from app.domain.usage import CONTENT_MAX_CHARACTERS, REASONS, Exchange, Verdict, digest_of_event
from app.models import AuditRecord, ConsentRecord, TrainingExample, UsageEvent, UserPreferences
from app.services import clock
from app.services.allowed_texts import allow_texts
from app.services.api_keys import create_api_key
from app.services.preferences import change_preferences, exclude_skill
from app.services.redaction import change_skill_redaction
from app.services.site_settings import change_site_settings, get_site_settings
from app.services.training_examples import submit_training_example
from app.services.transactions import reading, writing
from app.services.usage import count_verdicts, track
from app.services.votes import cast_vote
from tests.support.factories import allow_capture, make_skill, make_usage, make_user, save_version
from tests.support.tables import count_rows, counters_are_right, dump, last_audit_record
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CANARY = "a canary that sings"


def never_read():
    raise AssertionError("the content was looked at")


def report(user, skill, given="A question", answered="An answer", **more):
    """Report one use, and return what was done with it."""
    [outcome] = track(user, [make_usage(skill, given, answered, **more)])
    look_anew()
    return outcome


def examples():
    return reading().scalars(select(TrainingExample).order_by(TrainingExample.id)).all()


def events():
    return reading().scalars(select(UsageEvent).order_by(UsageEvent.id)).all()


def test_administrators_see_how_many_uses_got_which_verdict(viewer, admin, skill):
    report(viewer, skill)
    for _ in range(2):
        report(viewer, skill, None, None)

    assert count_verdicts(admin) == [("no_content", 2), ("capture_disabled", 1)]
    with pytest.raises(NotAllowed):
        count_verdicts(viewer)


# Why content is refused: how it comes to that.


def capture_is_off(user, _skill):
    allow_capture(user)
    switch_capture_off()


def never_asked(_user, _skill):
    allow_capture()


def withdrawn(user, _skill):
    allow_capture(user)
    change_preferences(user, training_data_consent=False)


def answered_older_words(user, _skill):
    allow_capture()
    store_answer(user, is_given=True, notice_version=NOTICE.version - 1)


def withdrawn_from_older_words(user, _skill):
    allow_capture()
    store_answer(user, is_given=False, notice_version=NOTICE.version - 1)


def skill_left_out(user, skill):
    allow_capture(user)
    exclude_skill(user, skill_id=skill.id)


def everything_at_once(user, skill):
    skill_left_out(user, skill)
    change_preferences(user, training_data_consent=False)
    switch_capture_off()


REFUSALS = {
    capture_is_off: Verdict.CAPTURE_DISABLED,
    never_asked: Verdict.NO_CONSENT,
    withdrawn: Verdict.NO_CONSENT,
    answered_older_words: Verdict.CONSENT_OUTDATED,
    withdrawn_from_older_words: Verdict.NO_CONSENT,
    skill_left_out: Verdict.SKILL_EXCLUDED,
    everything_at_once: Verdict.CAPTURE_DISABLED,
}


def switch_capture_off():
    with writing():
        get_site_settings().training_data_capture_enabled = False


def store_answer(user, *, is_given, notice_version):
    values = {"training_data_consent": is_given, "consent_notice_version": notice_version}
    with writing() as session:
        session.add(UserPreferences(user_id=user.id, values=values, updated_at=clock.now()))


@pytest.mark.parametrize("refuse", REFUSALS, ids=lambda refuse: refuse.__name__)
def test_content_that_the_gate_refuses_is_never_looked_at(viewer, skill, refuse):
    refuse(viewer, skill)

    [outcome] = track(viewer, [replace(make_usage(skill), content=never_read)])

    look_anew()
    assert (outcome.verdict, outcome.keeps_content) == (REFUSALS[refuse], False)
    assert (outcome.example_id, outcome.secrets_removed) == (None, ())
    assert (skill.usage_count, count_rows(UsageEvent), count_rows(TrainingExample)) == (1, 1, 0)
    assert events()[0].verdict == REFUSALS[refuse].value
    assert events()[0].consent_record_id is None


@pytest.mark.parametrize("refuse", REFUSALS, ids=lambda refuse: refuse.__name__)
def test_refused_content_is_in_no_table(viewer, skill, refuse):
    refuse(viewer, skill)

    report(viewer, skill, CANARY, f"{CANARY} again")

    assert CANARY not in str(dump())


@pytest.mark.parametrize("refuse", REFUSALS, ids=lambda refuse: refuse.__name__)
def test_the_answer_says_that_nothing_is_kept_also_where_nothing_was_sent(viewer, skill, refuse):
    refuse(viewer, skill)

    outcome = report(viewer, skill, None, None)

    assert (outcome.verdict, outcome.keeps_content) == (Verdict.NO_CONTENT, False)


def test_content_becomes_a_pending_example_where_all_allow_it(viewer, skill):
    allow_capture(viewer)

    with time_machine.travel(NOON, tick=False):
        outcome = report(viewer, skill, "What is due?\r\nNow?", "An invoice")

    [example] = examples()
    assert (outcome.verdict, outcome.example_id, outcome.keeps_content) == (Verdict.CAPTURED, example.id, True)
    assert (example.status, example.source) == ("pending", "usage_capture")
    assert (example.example_input, example.example_output) == ("What is due?\nNow?", "An invoice")
    assert (example.skill_id, example.user_id, example.created_at) == (skill.id, viewer.id, NOON)
    assert example.content_digest == content_digest("What is due?\nNow?", "An invoice")
    assert example.quality_score is None
    assert (skill.usage_count, skill.training_examples_pending, counters_are_right(skill)) == (1, 1, True)


def test_a_captured_example_is_tied_to_its_event_and_to_the_consent_it_was_kept_under(viewer, skill):
    allow_capture(viewer)
    save_version(skill, body="# A second version\n")
    key = create_api_key(viewer, name="laptop", scopes=["track"]).api_key
    usage = make_usage(
        skill,
        "A question",
        "An answer",
        ts=NOON,
        tool_name="claude-code",
        model_name="claude-sonnet-5",
        session_id="session-1",
        input_tokens=12,
        output_tokens=34,
        latency_ms=56,
        event_id="event-1",
    )

    [outcome] = track(viewer, [usage], api_key=key)

    look_anew()
    event, [example] = reading().get_one(UsageEvent, outcome.event_number), examples()
    consent = reading().get_one(ConsentRecord, event.consent_record_id)
    assert (example.usage_event_id, event.example_id) == (event.id, example.id)
    assert (consent.user_id, consent.decision, consent.notice_version) == (viewer.id, "given", NOTICE.version)
    assert (event.user_id, event.skill_id, event.skill_version_number) == (viewer.id, skill.id, 2)
    assert (event.occurred_at, event.tool_name, event.model_name) == (NOON, "claude-code", "claude-sonnet-5")
    assert (event.input_tokens, event.output_tokens, event.latency_ms) == (12, 34, 56)
    assert (event.session_id, event.api_key_id) == ("session-1", key.id)
    assert event.event_digest == digest_of_event("event-1")


def test_consent_given_again_is_the_one_that_counts(viewer, skill):
    allow_capture(viewer)
    withdrawn(viewer, skill)
    allow_capture(viewer)

    report(viewer, skill)

    latest = reading().scalars(select(ConsentRecord).order_by(ConsentRecord.id.desc()).limit(1)).one()
    assert (latest.decision, events()[0].consent_record_id) == ("given", latest.id)


def test_a_skill_taken_in_again_does_not_stand_for_the_consent_to_all(viewer, skill):
    allow_capture(viewer)
    exclude_skill(viewer, skill_id=make_skill().id)

    report(viewer, skill)

    consent = reading().get_one(ConsentRecord, events()[0].consent_record_id)
    assert (consent.decision, consent.skill_id) == ("given", None)


UNUSABLE = {
    "no input": (None, "An answer", Verdict.INCOMPLETE_CONTENT),
    "no output": ("A question", None, Verdict.INCOMPLETE_CONTENT),
    "empty": ("", "", Verdict.INCOMPLETE_CONTENT),
    "blank input": (" \n\t", "An answer", Verdict.INCOMPLETE_CONTENT),
    "too long an input": ("x" * (CONTENT_MAX_CHARACTERS + 1), "An answer", Verdict.UNUSABLE_CONTENT),
    "too long an output": ("A question", "x" * (CONTENT_MAX_CHARACTERS + 1), Verdict.UNUSABLE_CONTENT),
    "a zero": ("A\x00question", "An answer", Verdict.UNUSABLE_CONTENT),
    "half a character": ("A question", "\ud800", Verdict.UNUSABLE_CONTENT),
    "too long and empty": ("x" * (CONTENT_MAX_CHARACTERS + 1), "", Verdict.INCOMPLETE_CONTENT),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_content_that_makes_no_example_is_counted_and_not_kept(viewer, skill, case):
    given, answered, verdict = UNUSABLE[case]
    allow_capture(viewer)

    outcome = report(viewer, skill, given, answered)

    assert (outcome.verdict, outcome.keeps_content, outcome.example_id) == (verdict, True, None)
    assert (skill.usage_count, count_rows(TrainingExample)) == (1, 0)
    assert events()[0].consent_record_id is None


def test_content_as_long_as_it_may_be_is_kept(viewer, skill):
    allow_capture(viewer)

    assert report(viewer, skill, "é " * (CONTENT_MAX_CHARACTERS // 2), "x").verdict is Verdict.CAPTURED


def test_a_use_without_content_is_counted(viewer, skill):
    allow_capture(viewer)

    outcome = report(viewer, skill, None, None)

    assert (outcome.verdict, outcome.keeps_content) == (Verdict.NO_CONTENT, True)
    assert (skill.usage_count, count_rows(UsageEvent)) == (1, 1)


def test_the_same_input_and_output_again_is_counted_and_not_kept_twice(viewer, skill):
    allow_capture(viewer)
    other = make_user()
    allow_capture(other)

    verdicts = [report(user, skill).verdict for user in (viewer, viewer, other)]

    assert verdicts == [Verdict.CAPTURED, Verdict.DUPLICATE, Verdict.DUPLICATE]
    assert (skill.usage_count, count_rows(TrainingExample)) == (3, 1)


def test_what_a_golden_example_says_already_is_a_duplicate(author, viewer, skill):
    submit_training_example(author, skill_id=skill.id, example_input="A question", example_output="An answer")
    allow_capture(viewer)

    assert report(viewer, skill).verdict is Verdict.DUPLICATE
    assert [example.source for example in examples()] == ["web"]


def test_the_same_content_on_another_skill_is_an_example_of_that_skill(viewer, skill):
    allow_capture(viewer)

    assert [report(viewer, one).verdict for one in (skill, make_skill())] == [Verdict.CAPTURED] * 2


def test_the_same_content_twice_in_one_batch_is_kept_once(viewer, skill):
    allow_capture(viewer)

    outcomes = track(viewer, [make_usage(skill, "A question", "An answer") for _ in range(3)])

    assert [one.verdict for one in outcomes] == [Verdict.CAPTURED, Verdict.DUPLICATE, Verdict.DUPLICATE]


def test_every_verdict_has_its_sentence_and_is_reached_by_a_test_here():
    reached = {*REFUSALS.values(), *(verdict for _, _, verdict in UNUSABLE.values())}
    reached |= {Verdict.CAPTURED, Verdict.DUPLICATE, Verdict.NO_CONTENT}

    assert set(REASONS) == set(Verdict) == reached


# Secrets and personal data.


def test_secrets_are_gone_before_anything_is_stored_and_their_kinds_are_told(viewer, skill):
    allow_capture(viewer)

    outcome = report(viewer, skill, "password=hunter2!x", "password=hunter2!x and ghp_" + "a1B2" * 9)

    [example] = examples()
    assert example.example_input == "password=[PASSWORD_1]"
    assert example.example_output.startswith("password=[PASSWORD_1] and [")
    assert outcome.secrets_removed[0] == "password"
    assert len(outcome.secrets_removed) == 2
    assert events()[0].secrets_removed.split() == list(outcome.secrets_removed)
    assert "hunter2" not in str(dump())
    assert "a1B2a1B2" not in str(dump())


def test_contents_that_differ_only_in_their_secret_are_one_example(viewer, skill):
    allow_capture(viewer)

    first, second = (report(viewer, skill, f"password={secret}", "Done") for secret in ("hunter2!x", "Zebra9?quagga"))

    assert (first.verdict, second.verdict) == (Verdict.CAPTURED, Verdict.DUPLICATE)


def test_what_the_author_lets_through_stays_on_that_skill_alone(author, viewer, skill):
    allow_capture(viewer)
    allow_texts(author, skill_id=skill.id, kinds={text_digest("hunter2!x"): "password"})
    other = make_skill(author)

    outcomes = track(viewer, [make_usage(one, "password=hunter2!x", "Done") for one in (skill, other)])

    look_anew()
    assert [one.example_input for one in examples()] == ["password=hunter2!x", "password=[PASSWORD_1]"]
    assert [one.secrets_removed for one in outcomes] == [(), ("password",)]


@pytest.mark.parametrize("who", ["author", "site", "author against the site"])
def test_personal_data_goes_where_the_author_or_else_the_site_says_so(author, viewer, admin, skill, who):
    if who != "author":
        change_site_settings(
            admin,
            training_data_capture_enabled=True,
            viewing_requires_sign_in=False,
            open_sign_up=False,
            redact_personal_data=True,
        )
    if who != "site":
        change_skill_redaction(author, skill_id=skill.id, redact_personal_data=who == "author")
    allow_capture(viewer)
    look_anew()

    report(viewer, skill, "Write to maya.okafor@example.com", "Done")

    is_gone = "maya.okafor@example.com" not in examples()[0].example_input
    assert is_gone == (who != "author against the site")


def test_what_the_tool_and_the_session_are_called_is_kept_without_secrets(viewer, skill):
    report(viewer, skill, None, None, tool_name="tool password=hunter2!x", session_id="password=hunter2!x")

    assert "hunter2" not in str(dump())


# Rules that nothing about usage may break.


def test_the_aggregates_of_votes_do_not_move(viewer, skill):
    for vote_type in ("thumbs_up", "thumbs_up", "thumbs_down"):
        cast_vote(make_user(), skill_id=skill.id, vote_type=vote_type)
    allow_capture(viewer)

    report(viewer, skill)
    report(viewer, skill, None, None)

    assert (skill.total_feedback, skill.positive_feedback_pct) == (3, 67)


def test_captured_examples_are_never_golden_not_even_the_authors_own(author, skill):
    allow_capture(author)

    report(author, skill)

    assert [(example.source, example.status) for example in examples()] == [("usage_capture", "pending")]


def test_open_pages_of_the_skill_learn_of_what_was_captured_and_of_nothing_else(viewer, skill):
    allow_capture(viewer)
    versions = [skill.training_data_version]
    for given, answered in (("A question", "An answer"), ("A question", "An answer"), (None, None)):
        report(viewer, skill, given, answered)
        versions.append(skill.training_data_version)

    assert versions == [versions[0], *[versions[0] + 1] * 3]


def test_what_was_captured_is_audited_by_number_and_without_words(viewer, skill):
    allow_capture(viewer)
    before = count_rows(AuditRecord)

    track(viewer, [make_usage(skill, f"{CANARY} {number}", "An answer") for number in range(3)])
    report(viewer, skill, None, None)

    record = last_audit_record()
    assert count_rows(AuditRecord) == before + 1
    assert (record.action, record.actor_id, record.subject_id) == ("usage.captured", viewer.id, viewer.id)
    assert record.details == {"examples": {str(skill.id): 3}}


# Events that were reported before.


def test_an_event_that_is_sent_again_gets_its_answer_again_and_nothing_is_stored_twice(viewer, skill):
    allow_capture(viewer)
    usage = make_usage(skill, "password=hunter2!x", "Done", event_id="event-1")
    [first] = track(viewer, [usage])
    before = dump()

    [again] = track(viewer, [usage])

    assert again == first
    assert first.verdict is Verdict.CAPTURED
    assert first.secrets_removed == ("password",)
    assert dump() == before


def test_an_event_sent_twice_in_one_batch_is_stored_once(viewer, skill):
    allow_capture(viewer)

    outcomes = track(viewer, [make_usage(skill, "A question", "An answer", event_id="event-1") for _ in range(3)])

    look_anew()
    assert outcomes == [outcomes[0]] * 3
    assert (outcomes[0].verdict, skill.usage_count) == (Verdict.CAPTURED, 1)
    assert (count_rows(UsageEvent), count_rows(TrainingExample)) == (1, 1)


def test_an_event_keeps_its_verdict_whatever_is_allowed_later(viewer, skill):
    capture_is_off(viewer, skill)
    usage = make_usage(skill, "A question", "An answer", event_id="event-1")
    [first] = track(viewer, [usage])
    allow_capture(viewer)

    [again] = track(viewer, [usage])

    assert (first.verdict, again.verdict) == (Verdict.CAPTURE_DISABLED, Verdict.CAPTURE_DISABLED)
    assert (first.keeps_content, again.keeps_content) == (False, True)
    assert count_rows(TrainingExample) == 0


def test_the_same_event_id_of_somebody_else_is_another_event(viewer, skill):
    numbers = {report(user, skill, None, None, event_id="event-1").event_number for user in (viewer, make_user())}

    assert (len(numbers), skill.usage_count) == (2, 2)


def test_the_reporters_own_id_is_kept_as_a_digest_alone(viewer, skill):
    report(viewer, skill, None, None, event_id=CANARY)

    assert CANARY not in str(dump())
    assert digest_of_event(CANARY) in str(dump())


def test_two_reports_of_one_event_at_the_same_moment_store_it_once(app, viewer, skill):
    allow_capture(viewer)
    usage = make_usage(skill, "A question", "An answer", event_id="event-1")

    run_together(app, [lambda: track(viewer, [usage])] * 4)

    assert (skill.usage_count, count_rows(UsageEvent), count_rows(TrainingExample)) == (1, 1, 1)
    assert counters_are_right(skill)


# Batches.


def test_a_skill_that_is_not_there_is_told_in_its_place_and_the_others_are_stored(viewer, skill):
    usage = make_usage(skill)

    outcomes = track(viewer, [usage, replace(usage, skill="no-such-skill"), replace(usage, skill="\x00"), usage])

    look_anew()
    assert [isinstance(one, NotFound) for one in outcomes] == [False, True, True, False]
    assert "no-such-skill" in str(outcomes[1])
    assert (skill.usage_count, count_rows(UsageEvent)) == (2, 2)


def test_content_for_a_skill_that_is_not_there_is_never_looked_at(viewer, skill):
    allow_capture(viewer)

    [outcome] = track(viewer, [replace(make_usage(skill), skill="no-such-skill", content=never_read)])

    assert isinstance(outcome, NotFound)


def test_a_batch_counts_for_each_of_its_skills(viewer):
    first, second = make_skill(), make_skill()

    track(viewer, [make_usage(one) for one in (first, second, first)])

    look_anew()
    assert (first.usage_count, second.usage_count) == (2, 1)


def test_a_batch_that_fails_in_the_middle_stores_nothing(viewer, skill):
    allow_capture(viewer)
    before = dump()
    without_time_zone = make_usage(skill, "Another question", "An answer", ts=datetime(2026, 11, 24))  # noqa: DTZ001

    with pytest.raises(Exception, match="time zone"):
        track(viewer, [make_usage(skill, "A question", "An answer"), without_time_zone])

    assert dump() == before


def test_content_that_cannot_be_read_stores_nothing_either(viewer, skill):
    allow_capture(viewer)
    before = dump()

    with pytest.raises(AssertionError, match="looked at"):
        track(viewer, [make_usage(skill), replace(make_usage(skill), content=never_read)])

    assert dump() == before


def test_nothing_to_report_does_nothing(viewer):
    before = dump()

    assert track(viewer, []) == []
    assert dump() == before


def test_nobody_reports_usage_without_saying_who_they_are(skill):
    with pytest.raises(SignInRequired):
        track(None, [make_usage(skill)])

    assert count_rows(UsageEvent) == 0


# Between the two looks at the gate.


def test_consent_withdrawn_while_the_content_is_cleaned_keeps_nothing(viewer, skill):
    allow_capture(viewer)

    def read_late():
        change_preferences(viewer, training_data_consent=False)
        return Exchange(CANARY, "An answer")

    [outcome] = track(viewer, [replace(make_usage(skill), content=read_late)])

    look_anew()
    assert (outcome.verdict, outcome.keeps_content) == (Verdict.NO_CONSENT, False)
    assert (skill.usage_count, count_rows(TrainingExample)) == (1, 0)
    assert CANARY not in str(dump())


def test_capture_switched_off_while_the_content_is_cleaned_keeps_nothing(viewer, skill):
    allow_capture(viewer)

    def read_late():
        switch_capture_off()
        return Exchange(CANARY, "An answer")

    [outcome] = track(viewer, [replace(make_usage(skill), content=read_late)])

    assert outcome.verdict is Verdict.CAPTURE_DISABLED
    assert CANARY not in str(dump())


def test_a_skill_left_out_while_the_content_is_cleaned_keeps_nothing(viewer, skill):
    allow_capture(viewer)

    def read_late():
        exclude_skill(viewer, skill_id=skill.id)
        return Exchange(CANARY, "An answer")

    [outcome] = track(viewer, [replace(make_usage(skill), content=read_late)])

    assert outcome.verdict is Verdict.SKILL_EXCLUDED
    assert CANARY not in str(dump())


def test_consent_that_comes_between_the_looks_is_too_late_for_this_content(viewer, skill):
    other = make_skill()
    allow_capture(viewer)
    exclude_skill(viewer, skill_id=skill.id)

    def read_late():
        change_preferences(viewer, training_data_excluded_skills=frozenset())
        return Exchange("A question", "An answer")

    outcomes = track(
        viewer, [replace(make_usage(skill), content=never_read), replace(make_usage(other), content=read_late)]
    )

    assert [one.verdict for one in outcomes] == [Verdict.NO_CONSENT, Verdict.CAPTURED]


def test_withdrawals_and_reports_at_the_same_moment_leave_nothing_behind(app, viewer, skill):
    allow_capture(viewer)
    reports = [
        lambda number=number: track(viewer, [make_usage(skill, f"{CANARY} {number}", "An answer")])
        for number in range(6)
    ]

    results = run_together(app, [*reports, lambda: change_preferences(viewer, training_data_consent=False)])

    assert [result for result in results if isinstance(result, Exception)] == []
    assert (count_rows(TrainingExample), counters_are_right(skill), skill.usage_count) == (0, True, 6)
