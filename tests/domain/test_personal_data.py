"""Personal data goes where somebody asks for it, and only then; what has the same shape stays."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.redaction import PERSONAL_KINDS, Redactor, sanitize_object, sanitize_payload
from app.domain.redaction.national_ids import NATIONAL_IDS
from app.domain.redaction.personal_data import PERSONAL_DATA

MARKED = re.compile(r"«[^»]*»")
PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_]*_[0-9]+\]")


def clean(text):
    return sanitize_payload(text, personal_data=True)


@pytest.mark.parametrize("row", PERSONAL_DATA, ids=lambda row: f"{row.kind}: {row.goes[:20]}")
class TestRows:
    def test_what_must_go_goes_and_nothing_else(self, row):
        text = row.goes.replace("«", "").replace("»", "")

        result = clean(text)

        assert PLACEHOLDER.sub("§", result.sanitized) == MARKED.sub("§", row.goes)
        assert set(result.secrets_found) == {row.kind}

    def test_what_has_the_same_shape_stays(self, row):
        assert clean(row.stays).sanitized == row.stays

    def test_without_being_asked_nothing_goes(self, row):
        text = row.goes.replace("«", "").replace("»", "")

        assert sanitize_payload(text).sanitized == text


GOES = """
mail «jean.dupont@exemple.fr», «o'neil@x.ie» and «müller@example.de»
Tel.: «+1 415 555 2671», «+44 20 7946 0958», «+33 1 23 45 67 89», «0033 123456789», «+91-98765-43210»
Phone «415-555-2671» or «212.555.0187»
IBAN «GB82 WEST 1234 5698 7654 32», «FR1420041010050500013M02606»
Visa «4012888888881881», Amex «3782 822463 10005», Mastercard «5555-5555-5555-4444»
client «198.51.100.23» and «fe80:0:0:0:204:61ff:fe9d:f156»
""".strip().splitlines()
STAYS = """
order 4111111111111112 of 2026-11-24 10:32:07, total 1,234.56 EUR
version 10.4.2.1, commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b, build 20261124103207
550e8400-e29b-41d4-a716-446655440000
ISBN 978-3-16-148410-0, SKU 123-45-6789, invoice 2026-0042
from app import x  # @pytest.fixture, decorators @a.b
if a::b then std::vector<int>; time 12:30:45.123
192.168.0.0/16 and 255.255.255.0 are networks
1732450000000 1732450000 3.14159265358979
tickets #415-555-2671, case 020 7946 0958
""".strip().splitlines()


@pytest.mark.parametrize("marked", GOES)
def test_personal_data_goes(marked):
    text = marked.replace("«", "").replace("»", "")

    assert PLACEHOLDER.sub("§", clean(text).sanitized) == MARKED.sub("§", marked)


@pytest.mark.parametrize("text", STAYS)
def test_numbers_that_are_nobodys_stay(text):
    assert clean(text).sanitized == text


@pytest.mark.parametrize(
    ("listed", "left"),
    [
        ("Phones: 612 345 678, 612 345 679, 612 345 680, 612 345 681", "Phones: #, #, #, #"),
        ("+49 30 901820 +49 30 901821 +49 30 901822", "# # #"),
        ("123-45-6781,123-45-6782,123-45-6783", "#,#,#"),
        ("Ana,536-90-4399,1990-01-01\nBo,536-90-4398,45", "Ana,#,1990-01-01\nBo,#,45"),
        ("id,phone\n7,415-555-2671,9\n8,+34612345678,9\n9,020 7946 0958,9", "id,phone\n7,#,9\n8,#,9\n9,#,9"),
        ("4111111111111111,12/27", "#,12/27"),
        ("contacts\nAna  8563 1542\nBo  9617 7710", "contacts\nAna  #\nBo  #"),
        ("我的手机号是0223581433,麻烦", "我的手机号是#,麻烦"),
    ],
)
def test_of_a_list_or_a_column_every_number_goes(listed, left):
    assert re.sub(r"\[[A-Z_]+_\d+\]", "#", sanitize_payload(listed, personal_data=True).sanitized) == left


def test_the_name_of_a_placeholder_tells_nothing_of_the_number_behind_it():
    text = "from [PHONE_NUMBER_1] to 5551234 and [NATIONAL_ID_1] 536904399, [PASSWORD_1]: rows2"

    assert sanitize_payload(text, personal_data=True).sanitized == text


def test_one_person_has_one_name_and_two_have_two():
    result = clean("ana@example.com wrote to bo@example.com; ana@example.com waits")

    assert result.sanitized == "[EMAIL_1] wrote to [EMAIL_2]; [EMAIL_1] waits"
    assert [result.sanitized[start:end] for _, start, end in result.findings] == ["[EMAIL_1]", "[EMAIL_2]", "[EMAIL_1]"]


def test_secrets_win_over_personal_data():
    assert clean("postgres://ana:hunter2@example.com/x").sanitized == "postgres://ana:[URL_PASSWORD_1]@example.com/x"


@given(st.lists(st.sampled_from([*GOES, *STAYS, "a", " ", "\n", "@", "+", "0", ":", "."]), max_size=12))
def test_what_was_redacted_stays_as_it_is(parts):
    once = clean("".join(parts).replace("«", "").replace("»", "")).sanitized

    assert clean(str(once)).sanitized == once


@pytest.mark.parametrize(
    "unit", ["0", "0 ", "1.", "+1", "a@", "a.", "A1", ":", "a:", "4", "4 ", "0 12 ", "AB", "@a.", "1-", "+1(", "DE00"]
)
def test_no_text_upsets_it(unit):
    once = clean(unit * (20_000 // len(unit))).sanitized

    assert clean(str(once)).sanitized == once


def test_the_kinds_are_known():
    assert set(PERSONAL_KINDS) == {"email", "iban", "payment_card", "national_id", "phone_number", "ip_address"}


class TestObjects:
    def test_every_string_is_sanitized_keys_included_and_the_rest_stays(self):
        token = "ghp_" + "a1B2" * 9
        value = {"a": [f"use {token}", 1, None, True, 1.5], token: {"b": (f"and {token}",)}}

        result = sanitize_object(value)

        name = "[GITHUB_TOKEN_1]"
        assert result.sanitized == {"a": [f"use {name}", 1, None, True, 1.5], name: {"b": [f"and {name}"]}}
        assert result.secrets_found == ("github_token",)
        assert token in value

    @pytest.mark.parametrize("key", ["password", "db_password", "DB-PASSWORD", "clientSecret", "api_key"])
    def test_what_stands_under_a_telling_key_goes(self, key):
        secret = "s3cr" + "et-value9"

        result = sanitize_object({"config": {key: secret, "user": "bob"}, "list": {key: [secret]}})

        assert secret not in json.dumps(result.sanitized)
        assert result.sanitized["config"]["user"] == "bob"
        assert len(result.secrets_found) == 1

    @pytest.mark.parametrize("value", ["", "changeme", "<token>", "${DB_PASSWORD}", "os.environ['X']", "xxxx"])
    def test_what_stands_for_a_secret_stays(self, value):
        assert sanitize_object({"password": value}).sanitized == {"password": value}

    def test_personal_data_goes_where_asked(self):
        value = {"to": ["ana@example.com"]}

        assert sanitize_object(value).sanitized == value
        assert sanitize_object(value, personal_data=True).sanitized == {"to": ["[EMAIL_1]"]}

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
        )
    )
    def test_sanitizing_again_changes_nothing(self, value):
        once = sanitize_object(value).sanitized

        assert sanitize_object(once).sanitized == once


def test_one_redactor_names_alike_across_texts():
    redactor = Redactor(personal_data=True)

    first, second = redactor.sanitize("ana@example.com"), redactor.sanitize("to bo@example.com and ana@example.com")

    assert (first.sanitized, second.sanitized) == ("[EMAIL_1]", "to [EMAIL_2] and [EMAIL_1]")


WITHOUT_CHECK_DIGIT = ("India: PAN", "United Kingdom: National Insurance")
"""Told by letters and digits in an order that nothing else has."""


@pytest.mark.parametrize("row", NATIONAL_IDS, ids=lambda row: row.name)
class TestNationalIds:
    def test_the_number_goes_and_nothing_else(self, row):
        text = row.goes.replace("«", "").replace("»", "")

        result = clean(text)

        assert result.sanitized == MARKED.sub("[NATIONAL_ID_1]", row.goes)
        assert result.secrets_found == ("national_id",)

    def test_without_being_asked_it_stays(self, row):
        text = row.goes.replace("«", "").replace("»", "")

        assert sanitize_payload(text).sanitized == text

    def test_a_wrong_check_digit_or_no_name_before_it_lets_it_stay(self, row):
        [number] = MARKED.findall(row.goes)
        bare = number.strip("«»")

        if row.words:
            assert clean(f"lot size {bare}").secrets_found != ("national_id",)
        elif row.name not in WITHOUT_CHECK_DIGIT:
            assert any(clean(wrong).sanitized == wrong for wrong in with_another_digit(bare))


def with_another_digit(number):
    """Every text that differs from the number in one digit."""
    return [
        number[:at] + other + number[at + 1 :]
        for at, digit in enumerate(number)
        if digit.isdigit()
        for other in "0123456789"
        if other != digit
    ]
