"""Letters that are written as escapes, marks before lines, and lists of codes: what stands between a word and its
secret.
"""

import json

import pytest

from app.domain.redaction import sanitize_payload
from app.domain.redaction.escapes import unescape
from app.domain.redaction.spans import Span

PASSWORD = "Sommer" + "2024x!"


class TestEscapes:
    def test_a_span_is_found_again_in_the_text_as_it_was_written(self) -> None:
        written = r"caf\u00e9 \\u00e8 " + PASSWORD
        read = unescape(written)

        assert read is not None
        assert read.text == "café è " + PASSWORD
        at = read.text.index(PASSWORD)
        (span,) = read.in_original([Span(at, at + len(PASSWORD), "password")])
        assert written[span.start : span.end] == PASSWORD

    @pytest.mark.parametrize(
        "text", ["none", r"a \u0022 quote and a \u000a line end", r"half \ud83d of a face", r"\u12"]
    )
    def test_what_is_no_letter_stays_an_escape(self, text: str) -> None:
        assert unescape(text) is None

    @pytest.mark.parametrize(
        "sentence", ["La contraseña es {}", "Пароль: {}", "비밀번호는 {} 입니다", "La password è {}"]
    )
    def test_words_of_every_language_tell_in_json_too(self, sentence: str) -> None:
        told = json.dumps({"content": "Hi\n" + sentence.format(PASSWORD)})

        assert sanitize_payload(told).sanitized == told.replace(PASSWORD, "[PASSWORD_1]")


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
