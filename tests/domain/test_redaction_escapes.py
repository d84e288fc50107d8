"""Escapes and marks before lines, and lists of codes: what stands between a word and its secret."""

import json

import pytest

from app.domain.redaction import sanitize_payload
from app.domain.redaction.escapes import read_letters, readings
from app.domain.redaction.spans import Span

PASSWORD = "Sommer" + "2024x!"


class TestEscapes:
    def test_a_span_is_found_again_in_the_text_as_it_was_written(self) -> None:
        written = r"caf\u00e9 \\u00e8 " + PASSWORD
        read = read_letters(written)

        assert read is not None
        assert read.text == "café è " + PASSWORD
        at = read.text.index(PASSWORD)
        (span,) = read.in_original([Span(at, at + len(PASSWORD), "password")])
        assert written[span.start : span.end] == PASSWORD

    @pytest.mark.parametrize(
        "text", ["none", r"a \u0022 quote and a \u000a line end", r"half \ud83d of a face", r"\u12"]
    )
    def test_what_is_no_letter_stays_an_escape(self, text: str) -> None:
        assert read_letters(text) is None

    @pytest.mark.parametrize(
        "sentence", ["La contraseña es {}", "Пароль: {}", "비밀번호는 {} 입니다", "La password è {}"]
    )
    def test_words_of_every_language_tell_in_json_too(self, sentence: str) -> None:
        told = json.dumps({"content": "Hi\n" + sentence.format(PASSWORD)})

        assert sanitize_payload(told).sanitized == told.replace(PASSWORD, "[PASSWORD_1]")


LISTS = {
    "pgbouncer": f';; userlist.txt of pgbouncer\n"bob" "{PASSWORD}"\n"eve" "{PASSWORD}2"',
    "insert": f"INSERT INTO users (email, passwd) VALUES\n  ('bob', '{PASSWORD}'),\n  ('eve', '{PASSWORD}2');",
    "cloud-init": f"#cloud-config\nchpasswd:\n  list: |\n    root:{PASSWORD}\n    bob:{PASSWORD}2\n  expire: false",
    "csv": f"id,email,password,created\n1,bob@a.org,{PASSWORD},2024-05-24\n2,eve@a.org,{PASSWORD}2,2024-07-11",
    "chat": f"Bob: can you send me the wifi password?\nEve: sure, it's {PASSWORD}",
    "openvpn": f"# auth.txt: first line user name, second line password\nbob\n{PASSWORD}",
    "manifest": f'kind: Secret\nmetadata:\n  name: a\nstringData:\n  signing: "{PASSWORD}"',
    "prompt": f"redis-cli -h db.example.org\n> AUTH {PASSWORD}",
    "quoted": f'CREATE USER bob IDENTIFIED BY "{PASSWORD}" DEFAULT TABLESPACE users;',
    "jwk": '{"kty":"RSA","e":"AQAB","d":"' + "a8Kd93kdLs02kdLp" * 4 + '"}',
    "key": f"-----BEGIN RSA PRIVATE KEY-----\n{'MIIEowIBAAKCAQEA7bq1' * 3}\n-----END RSA PRIVATE KEY-----",
}


def _before_each_line(mark: str, text: str) -> str:
    return "".join(f"{mark}{line}\n" for line in text.split("\n"))


def _json(text: str) -> str:
    return json.dumps({"role": "user", "content": "please explain:\n" + text})


SURROUNDINGS = {
    "json": _json,
    "json in json": lambda text: _json(_json(text)),
    "json in json in json": lambda text: _json(_json(_json(text))),
    "diff": lambda text: "@@ -1,0 +1,9 @@\n" + _before_each_line("+", text),
    "added": lambda text: _before_each_line("+", text + "\n"),
    "context": lambda text: "@@ -1,9 +1,9 @@\n" + _before_each_line(" ", text),
    "mail": lambda text: _before_each_line("> ", text + "\nThanks!") + "\nIt fails since Monday.",
    "mail in mail": lambda text: _before_each_line("> > ", text + "\nThanks!"),
    "indented": lambda text: _before_each_line("    ", text),
    "diff in json": lambda text: _json("@@ -1,0 +1,9 @@\n" + _before_each_line("+", text)),
    "json in a diff": lambda text: "@@ -1 +1 @@\n" + _before_each_line("+", _json(text)),
}


class TestTextsInsideOthers:
    @pytest.mark.parametrize("surrounding", SURROUNDINGS)
    @pytest.mark.parametrize("name", LISTS)
    def test_what_is_found_in_a_text_is_found_where_that_stands_in_another(self, name: str, surrounding: str) -> None:
        text = SURROUNDINGS[surrounding](LISTS[name])
        alone, inside = sanitize_payload(LISTS[name]), sanitize_payload(text)

        assert [finding.kind for finding in inside.findings] == [finding.kind for finding in alone.findings]
        assert inside.sanitized == SURROUNDINGS[surrounding](str(alone.sanitized))

    @pytest.mark.parametrize("text", ["no escape\nat all > a\n", r"C:\temp\x and \d+", "> one line\n+ and another\n"])
    def test_a_text_in_which_nothing_is_written_so_is_looked_at_once(self, text: str) -> None:
        assert list(readings(text)) == []

    def test_what_does_not_belong_together_stays_apart(self) -> None:
        text = _json("Which password?\nNone") + "\n\nUnrelated\n\n" + _json(f"Bob wrote\n{PASSWORD}")

        assert sanitize_payload(text).sanitized == text

    def test_a_span_from_one_piece_into_another_stands_nowhere(self) -> None:
        ((reading,), *_) = readings('"a\\nb" and "c\\nd"')

        assert list(reading.in_original([Span(0, len(reading.text), "password")])) == []
        assert list(reading.in_original([Span(0, 3, "password")])) == [Span(1, 5, "password")]

    def test_the_tags_of_a_structure_name_no_password(self) -> None:
        text = _json('type User struct {\n\tPassword string `json:"password,omitempty"`\n}')

        assert sanitize_payload(text).sanitized == text


class TestMarksBeforeLines:
    @pytest.mark.parametrize("mark", ["+", "> ", ">", "-"])
    def test_a_word_tells_behind_the_mark_of_a_diff_or_an_answer(self, mark: str) -> None:
        text = f"@@ -1 +1 @@\n{mark}Passwort ist {PASSWORD}\n"

        assert sanitize_payload(text).sanitized == text.replace(PASSWORD, "[PASSWORD_1]")

    def test_a_table_is_one_behind_them(self) -> None:
        text = f"> id,email,password\n> 1,bob@example.org,{PASSWORD}\n"

        assert sanitize_payload(text).sanitized == text.replace(PASSWORD, "[PASSWORD_1]")


class TestTables:
    def test_columns_may_be_lined_up_with_spaces(self) -> None:
        text = f"HOST     USER   PASSWORD\ndb-1     bob    {PASSWORD}\n"

        assert sanitize_payload(text).sanitized == text.replace(PASSWORD, "[PASSWORD_1]")

    def test_a_key_is_one_beside_whose_it_is_and_the_name_of_a_row_elsewhere(self) -> None:
        row = "| billing | 8f14e45fceea167a5a36dedd4bea2543 |\n"

        assert "[KEY_1]" in sanitize_payload("| service | key |\n|---|---|\n" + row).sanitized
        assert sanitize_payload("| title | key |\n|---|---|\n" + row).findings == ()


class TestCodes:
    @pytest.mark.parametrize(
        "text",
        [
            "Recovery codes:\n«44q7f-hm2m2»\n«dexp5-fl84y»\n",
            "backup code: «24278276»",
            "Here are your backup codes (keep them safe):\n1. «1234 5679»\n2. «8712 1121»\n",
            "Deine Wiederherstellungscodes lauten: «44q7f-hm2m2», «dexp5-fl84y».",
            "Резервные коды:\n- «44q7f-hm2m2»\n- «dexp5-fl84y»",
        ],
    )
    def test_every_code_of_a_list_goes(self, text: str) -> None:
        clean = sanitize_payload(text.replace("«", "").replace("»", ""))

        assert len(clean.findings) == text.count("«")
        assert not any(code in clean.sanitized for code in ("44q7f", "24278276", "1234", "1121", "fl84y"))

    @pytest.mark.parametrize(
        "text",
        [
            "recovery codes: one-time use, recovery code step-by-step",
            "Recovery codes 2024-10-11 were renewed",
            "Print the backup codes, see page 12345678.",
        ],
    )
    def test_what_is_said_about_them_stays(self, text: str) -> None:
        assert sanitize_payload(text).sanitized == text


class TestSecretsAmongOthers:
    def test_of_settings_in_one_value_only_the_secret_goes(self) -> None:
        text = f'connect("DSN=shop;UID=bob;PWD={PASSWORD}")'

        assert sanitize_payload(text).sanitized == text.replace(PASSWORD, "[PASSWORD_1]")

    @pytest.mark.parametrize(
        "text",
        ["APP_KEY=base64:«»", "user/pass: bob/«»", "SECRET_KEY = 'django-insecure-«»'", "/;jsessionid=«»?page=2"],
    )
    def test_what_is_no_secret_in_a_value_stays(self, text: str) -> None:
        secret = "a8Kd93kdLs02kdLp" + "Qe83kdLs02"
        before, after = text.split("«»")
        clean = sanitize_payload(before + secret + after).sanitized

        assert clean.startswith(before + "[")
        assert clean.endswith("]" + after)

    def test_a_map_of_secrets_has_one_in_each_member(self) -> None:
        first, second = "a8Kd93kdLs02kdLp" + "Qe83kdLs02", "b8Kd93kdLs02kdLp" + "Qe83kdLs03"
        text = f'SECRETS = {{"shop": "{first}", "mail": "{second}", "url": "example"}}'

        assert (
            sanitize_payload(text).sanitized
            == 'SECRETS = {"shop": "[SECRET_1]", "mail": "[SECRET_2]", "url": "example"}'
        )
