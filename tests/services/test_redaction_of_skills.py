"""How the texts of one skill are cleaned: personal data as its author or the site says, and what is let through."""

import pytest
from sqlalchemy import select

from app.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, SignInRequired
from app.domain.redaction import text_digest
from app.models import AllowedText, AuditRecord
from app.services.allowed_texts import allow_texts, get_allowed_texts, withdraw_allowed_text
from app.services.redaction import change_skill_redaction, preview_redaction, redacts_personal_data
from app.services.site_settings import change_site_settings
from app.services.skill_versions import get_current_version
from app.services.suggestions import reply_to_suggestion, submit_suggestion
from app.services.training_examples import edit_training_example, submit_training_example
from app.services.transactions import reading
from app.services.votes import cast_vote, get_vote_comments
from tests.support.factories import make_example, make_skill, make_suggestion, make_user, save_version
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

ADDRESS = "maya.okafor@example.com"
SECRET, OTHER_SECRET = "hunter2!x", "Zebra9?quagga"
DIGEST, OTHER_DIGEST = text_digest(SECRET), text_digest(OTHER_SECRET)
TEXT = f"password={SECRET}"
MALFORMED = ["", "x", DIGEST[:-1], DIGEST + "0", DIGEST.upper(), f"{DIGEST[:-1]} ", f"{DIGEST[:-1]}٣", SECRET]


def take_out_personal_data_on_the_site(*, on: bool = True) -> None:
    change_site_settings(
        make_user(is_admin=True),
        training_data_capture_enabled=False,
        viewing_requires_sign_in=False,
        open_sign_up=False,
        redact_personal_data=on,
    )


def choose(author, skill, choice: bool | None):
    return change_skill_redaction(author, skill_id=skill.id, redact_personal_data=choice)


def submit(actor, skill, example_input=TEXT, example_output="An output", **rest):
    return submit_training_example(
        actor, skill_id=skill.id, example_input=example_input, example_output=example_output, **rest
    ).example


def edit(actor, example, example_input, **rest):
    return edit_training_example(
        actor,
        example_id=example.id,
        revision=example.revision,
        example_input=example_input,
        example_output=example.example_output,
        **rest,
    ).example


def allowed_on(skill) -> list[tuple[str, str]]:
    return [(row.allowed.digest, row.allowed.kind) for row in get_allowed_texts(skill.id)]


def audited(action: str) -> list[tuple[int | None, str, int, dict[str, object]]]:
    records = reading().scalars(select(AuditRecord).where(AuditRecord.action == action).order_by(AuditRecord.id))
    return [(record.actor_id, record.subject, record.subject_id, record.details) for record in records]


def input_with_an_address(author, skill) -> str:
    return submit(author, skill, f"Write to {ADDRESS}").example_input


def edited_input_with_an_address(author, skill) -> str:
    return edit(author, make_example(skill), f"Write to {ADDRESS}").example_input


def captured_input_with_an_address(author, skill) -> str:
    texts = (f"Write to {ADDRESS}", f"From {ADDRESS}")
    return make_example(skill, *texts, source="usage_capture", status="pending").example_input


def suggestion_with_an_address(author, skill) -> str:
    saved = submit_suggestion(
        make_user(), skill_id=skill.id, category="other", severity="important", comment=f"Write to {ADDRESS}"
    )
    return saved.suggestion.comment


def reply_with_an_address(author, skill) -> str:
    suggestion = make_suggestion(skill)
    reply_to_suggestion(author, suggestion_id=suggestion.id, reply=f"Write to {ADDRESS}", revision=1)
    return suggestion.reply


def vote_with_an_address(author, skill) -> str:
    cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_down", comment=f"Write to {ADDRESS}")
    return get_vote_comments(skill.id)[0].vote.comment


WAYS_TO_WRITE = [
    input_with_an_address,
    edited_input_with_an_address,
    captured_input_with_an_address,
    suggestion_with_an_address,
    reply_with_an_address,
    vote_with_an_address,
]


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_personal_data_stays_until_somebody_says_otherwise(author, skill, way):
    assert way(author, skill) == f"Write to {ADDRESS}"


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_the_site_takes_it_out_of_everything_that_is_written_about_a_skill(author, skill, way):
    take_out_personal_data_on_the_site()

    assert way(author, skill) == "Write to [EMAIL_1]"
    assert ADDRESS not in str(dump())


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_a_skill_takes_it_out_where_the_site_does_not(author, skill, way):
    choose(author, skill, True)

    assert way(author, skill) == "Write to [EMAIL_1]"
    assert input_with_an_address(author, make_skill(author)) == f"Write to {ADDRESS}"


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_a_skill_leaves_it_in_where_the_site_does_not(author, skill, way):
    take_out_personal_data_on_the_site()
    choose(author, skill, False)

    assert way(author, skill) == f"Write to {ADDRESS}"
    assert input_with_an_address(author, make_skill(author)) == "Write to [EMAIL_1]"


@pytest.mark.parametrize("choice", [True, False, None])
@pytest.mark.parametrize("on_the_site", [True, False])
def test_a_skill_without_a_choice_follows_the_site_even_later(author, skill, choice, on_the_site):
    choose(author, skill, choice)
    take_out_personal_data_on_the_site(on=not on_the_site)
    take_out_personal_data_on_the_site(on=on_the_site)

    assert redacts_personal_data(skill) is (on_the_site if choice is None else choice)


def test_secrets_go_whatever_is_chosen_about_personal_data(author, skill):
    choose(author, skill, False)

    assert submit(author, skill, TEXT).example_input == "password=[PASSWORD_1]"


def test_a_captured_example_is_one_text_to_the_redactor_in_all_its_parts(author, skill):
    choose(author, skill, True)

    example = make_example(skill, f"To {ADDRESS}", f"From {ADDRESS}", source="usage_capture", status="pending")

    assert (example.example_input, example.example_output) == ("To [EMAIL_1]", "From [EMAIL_1]")


def test_a_skill_file_keeps_personal_data_whatever_is_chosen(author, skill):
    take_out_personal_data_on_the_site()
    choose(author, skill, True)

    save_version(skill, body=f"# Ask {ADDRESS}\n\n{TEXT}\n", note=f"As {ADDRESS} asked")

    version = get_current_version(skill)
    assert ADDRESS in version.content
    assert SECRET not in version.content
    assert version.note == f"As {ADDRESS} asked"


def test_a_choice_is_kept_and_audited_and_saying_it_again_is_not(author, skill):
    for choice in (True, True, None, None, False):
        choose(author, skill, choice)

    look_anew()
    assert skill.redact_personal_data is False
    assert audited("skill.redaction_changed") == [
        (author.id, "skill", skill.id, {"redact_personal_data": choice}) for choice in (True, None, False)
    ]


@pytest.mark.parametrize("who", ["admin", "viewer"])
def test_nobody_but_the_author_decides(request, author, skill, who):
    submit(author, skill, not_secret=[DIGEST])
    [row] = get_allowed_texts(skill.id)
    actor, before = request.getfixturevalue(who), dump()

    for change in (
        lambda: choose(actor, skill, True),
        lambda: allow_texts(actor, skill_id=skill.id, kinds={OTHER_DIGEST: "password"}),
        lambda: withdraw_allowed_text(actor, skill_id=skill.id, allowed_id=row.allowed.id),
    ):
        with pytest.raises(NotAllowed, match="Only the skill's author decides"):
            change()

    assert dump() == before


def test_nobody_decides_without_signing_in(skill):
    with pytest.raises(SignInRequired):
        choose(None, skill, True)


def test_a_preview_tells_what_would_go_and_where(author, skill):
    choose(author, skill, True)
    texts = {
        "input": f"First line\r\nthe password={SECRET} is old\r\nLast line",
        "output": f"Write to {ADDRESS}, not password={OTHER_SECRET}",
    }

    preview = preview_redaction(skill, texts)

    assert [(one.placeholder, one.kind, one.field, one.line, one.digest) for one in preview.removals] == [
        ("[PASSWORD_1]", "password", "input", 2, DIGEST),
        ("[EMAIL_1]", "email", "output", 1, text_digest(ADDRESS)),
        ("[PASSWORD_2]", "password", "output", 1, OTHER_DIGEST),
    ]
    assert [one.excerpt for one in preview.removals] == [
        "the password=[PASSWORD_1] is old",
        *(["Write to [EMAIL_1], not password=[PASSWORD_2]"] * 2),
    ]
    assert preview.kept == ()


def test_a_preview_shows_no_secret_and_stores_nothing(author, skill):
    before = dump()

    preview = preview_redaction(skill, {"input": f"{TEXT} password={OTHER_SECRET}"}, not_secret=[OTHER_DIGEST, "x"])

    assert SECRET not in str(preview)
    assert dump() == before


def test_a_secret_that_is_written_twice_is_told_once_where_it_is_first(author, skill):
    preview = preview_redaction(skill, {"input": f"So:\n{TEXT}", "output": f"{TEXT}\n\n{TEXT}"})

    assert [(one.field, one.line) for one in preview.removals] == [("input", 2)]


def test_an_excerpt_of_a_long_line_is_short(author, skill):
    preview = preview_redaction(skill, {"input": f"{'before ' * 50}{TEXT}{' after' * 50}"})

    [removal] = preview.removals
    assert len(removal.excerpt) < 150
    assert "password=[PASSWORD_1] after" in removal.excerpt


def test_a_preview_is_what_saving_does(author, skill):
    texts = {"input": f"{TEXT} and password={OTHER_SECRET}", "output": f"Use {TEXT}"}

    preview = preview_redaction(skill, texts, not_secret=[OTHER_DIGEST])
    example = submit(author, skill, texts["input"], texts["output"], not_secret=[OTHER_DIGEST])

    assert [one.excerpt for one in preview.removals] == [example.example_input]
    assert preview.kept == ((OTHER_DIGEST, "password"),)


def test_a_preview_says_of_what_is_let_through_already_that_it_stays(author, skill):
    submit(author, skill, not_secret=[DIGEST])

    preview = preview_redaction(skill, {"input": TEXT})

    assert (preview.removals, preview.kept, preview.let_through) == ((), (), ("password",))
    assert preview_redaction(skill, {"input": "No secret"}).let_through == ()


def test_what_is_no_secret_is_let_through_and_remembered_by_its_digest_alone(author, skill):
    example = submit(author, skill, not_secret=[DIGEST])

    look_anew()
    assert example.example_input == TEXT
    [row] = get_allowed_texts(skill.id)
    assert (row.allowed.digest, row.allowed.kind, row.user_name) == (DIGEST, "password", "Ada Author")
    tables = dump()
    assert [name for name, rows in tables.items() if SECRET in str(rows)] == ["skill_feedback"]
    assert audited("redaction.text_allowed") == [(author.id, "skill", skill.id, {"kind": "password", "digest": DIGEST})]
    assert audited("training_example.created")[0][3]["redacted"] == []


def test_an_edit_lets_through_as_well(author, skill):
    example = edit(author, make_example(skill), TEXT, not_secret=[DIGEST])

    look_anew()
    assert example.example_input == TEXT
    assert allowed_on(skill) == [(DIGEST, "password")]
    assert len(audited("redaction.text_allowed")) == 1


def test_personal_data_is_let_through_in_the_same_way(author, skill):
    choose(author, skill, True)

    example = submit(author, skill, f"Write to {ADDRESS}", not_secret=[text_digest(ADDRESS)])

    assert example.example_input == f"Write to {ADDRESS}"
    assert allowed_on(skill) == [(text_digest(ADDRESS), "email")]


def test_only_what_the_texts_have_is_remembered(author, skill):
    submit(author, skill, not_secret=[DIGEST, OTHER_DIGEST, text_digest("An output")])

    assert allowed_on(skill) == [(DIGEST, "password")]


def test_one_text_that_is_let_through_takes_no_other_with_it(author, skill):
    example = submit(author, skill, f"{TEXT}\npassword={OTHER_SECRET}", f"{TEXT}{SECRET}", not_secret=[DIGEST])

    assert example.example_input == f"{TEXT}\npassword=[PASSWORD_1]"
    assert example.example_output == "password=[PASSWORD_2]"
    assert allowed_on(skill) == [(DIGEST, "password")]


def test_what_is_let_through_once_needs_no_ticking_later(author, viewer, skill):
    first = submit(author, skill, not_secret=[DIGEST])

    assert submit(author, skill, f"Again {TEXT}").example_input == f"Again {TEXT}"
    assert edit(author, first, f"Edited {TEXT}").example_input == f"Edited {TEXT}"
    assert make_example(skill, TEXT, "Captured", source="usage_capture").example_input == TEXT
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down", comment=f"Why {TEXT} now")
    assert get_vote_comments(skill.id)[0].vote.comment == f"Why {TEXT} now"
    assert len(audited("redaction.text_allowed")) == count_rows(AllowedText) == 1


def test_ticking_what_is_let_through_already_says_nothing_new(author, skill):
    submit(author, skill, not_secret=[DIGEST])
    submit(author, skill, f"Again {TEXT}", not_secret=[DIGEST, DIGEST])

    assert len(audited("redaction.text_allowed")) == count_rows(AllowedText) == 1


def test_other_skills_of_the_same_author_let_nothing_through(author, skill):
    submit(author, skill, not_secret=[DIGEST])

    assert submit(author, make_skill(author)).example_input == "password=[PASSWORD_1]"


@pytest.mark.parametrize("digest", MALFORMED)
def test_what_is_no_digest_is_invalid_and_saves_nothing(author, skill, digest):
    example = make_example(skill)
    before = dump()

    for change in (
        lambda: submit(author, skill, not_secret=[DIGEST, digest]),
        lambda: edit(author, example, TEXT, not_secret=[DIGEST, digest]),
    ):
        with pytest.raises(Invalid) as refused:
            change()
        assert set(refused.value.errors) == {"not_secret"}

    assert dump() == before


def test_an_example_that_is_not_saved_lets_nothing_through(author, skill):
    submit(author, skill, not_secret=[DIGEST])
    [row] = get_allowed_texts(skill.id)
    withdraw_allowed_text(author, skill_id=skill.id, allowed_id=row.allowed.id)

    with pytest.raises(Duplicate):
        submit(author, skill, not_secret=[DIGEST])

    assert count_rows(AllowedText) == 0


def test_a_text_that_is_taken_off_the_list_is_redacted_again_from_then_on(author, skill):
    example = submit(author, skill, not_secret=[DIGEST])
    [row] = get_allowed_texts(skill.id)

    withdraw_allowed_text(author, skill_id=skill.id, allowed_id=row.allowed.id)

    look_anew()
    assert allowed_on(skill) == []
    assert example.example_input == TEXT
    assert submit(author, skill, f"Later {TEXT}").example_input == "Later password=[PASSWORD_1]"
    assert edit(author, example, f"Edited {TEXT}").example_input == "Edited password=[PASSWORD_1]"
    assert audited("redaction.text_disallowed") == [
        (author.id, "skill", skill.id, {"kind": "password", "digest": DIGEST})
    ]


def test_what_is_not_on_the_list_cannot_be_taken_off_it(author, skill):
    elsewhere = make_skill(author)
    submit(author, elsewhere, not_secret=[DIGEST])
    [row] = get_allowed_texts(elsewhere.id)

    for number in (row.allowed.id, 0, 2**31, 2**63):
        with pytest.raises(NotFound, match=str(number)):
            withdraw_allowed_text(author, skill_id=skill.id, allowed_id=number)

    assert allowed_on(elsewhere) == [(DIGEST, "password")]


def test_the_list_has_the_newest_first(author, skill):
    submit(author, skill, not_secret=[DIGEST])
    submit(author, skill, f"password={OTHER_SECRET}", not_secret=[OTHER_DIGEST])

    assert [digest for digest, _ in allowed_on(skill)] == [OTHER_DIGEST, DIGEST]


def test_a_preview_tells_in_the_order_in_which_things_stand(skill):
    preview = preview_redaction(skill, {"input": "password=hunter2!x\npassword=Zebra9?quagga\npassword=hunter2!x"})

    assert [(one.placeholder, one.line) for one in preview.removals] == [("[PASSWORD_1]", 1), ("[PASSWORD_2]", 2)]


def test_a_preview_counts_lines_as_they_were_typed(skill):
    body = "\n".join(["MIIEpAIBAAKCAQEA7bq3Xk9zQ1vT8pLw5YhN2cRf6JmGdS4eUaKoHxBiWtVyZu0P"] * 4)
    key = f"-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----"

    preview = preview_redaction(skill, {"input": f"{key}\npassword=hunter2!x"})

    assert [one.line for one in preview.removals] == [1, 7]
