"""Redaction: what goes, what stays, and that no text upsets it."""

import contextlib
import gc
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.redaction import KINDS, RedactedText, Redaction, Redactor, sanitize_payload
from app.domain.redaction.key_names import NAMES, KeyName
from app.domain.redaction.rules import RULES
from app.domain.redaction.rules.rule import Rule, hexed, mixed
from app.domain.redaction.uncollected import LONG, uncollected
from tests.support.hostile_texts import HOSTILE_STARTS, HOSTILE_UNITS

ROWS: tuple[Rule | KeyName, ...] = (*RULES, *NAMES)
MARKED = re.compile(r"«[^»]*»")
ANY_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_]*_[0-9]+\]")


def name_of(row: Rule | KeyName) -> str:
    return f"{row.kind}: {row.goes[:24]!r}"


def unmarked(marked: str) -> str:
    return marked.replace("«", "").replace("»", "")


TOLD = r"""
hey, the password is «Winter2024!» for the staging box
my pw: «Tr0ub4dor&3»
pw is «hunter2» btw
the admin password was changed to «Xk9#mQ2v» yesterday
Your temporary password is: «aB3$xY9z». Please change it.
username: admin password: «Qwerty123!»
user bob, password «hunter2xyz9»
login with bob / «Sup3rS3cret»
creds are root:«toor1234»
Das Passwort lautet: «Geheim!99»
le mot de passe de la base est "«azerty!2024»"
la clave es «Madrid#1987»
a senha é «Brasil@2022».
пароль: «Qwe123!@#»
密码：«Abc@12345»
パスワードは「«Pass!word9»」です
wifi password: «sunflower42»
use «Pa$$w0rd1» as the password
The secret is «9f8e7d6c5b4a39281706»
my api key is «7f3c9a1e5b8d4f6a2c0e9b7d»
here's the token «7f3c9a1e5b8d4f6a2c0e9b7d» for you
""".strip().splitlines()
PROSE = """
The password is required and must have 8-16 characters.
Your password was changed on 2026-11-24 at 10:32.
The password is stored with argon2id, not SHA-256 or bcrypt.
The password field is type=password; the token count is 4096.
Das Passwort ist falsch. Bitte geben Sie mindestens 8 Zeichen ein.
Le mot de passe est obligatoire et doit contenir 12 caractères.
La contraseña es incorrecta; la clave es única.
Пароль должен содержать не менее 8 символов.
密码必须至少包含8个字符。
パスワードは8文字以上にしてください。
Password: see 1Password, or ask bob@example.com
The password for server2 is in the vault on page 4.
The secret to a good soup is well-browned onions.
A token is about 4 characters; the next token is chosen at random.
Secret Santa is on 2026-12-12 in room B12.
Use base64 for the password encoding, and utf-8 for the rest.
login: https://login.example.com/a1b2
""".strip().splitlines()

# Secrets between « and », in surroundings; everything else must stay.
GOES = r"""
DB_PASSWORD=«correcthorse»
DB_PASSWORD=«p&ss(w)o;rd»
set PASSWORD=«hunter2»
ENV DB_PASSWORD=«hunter2»
docker run -e MYSQL_ROOT_PASSWORD=«hunter» mysql
PGPASSWORD=«hunter2» psql -h db
İİİ PASSWORD=«hunter2»
PASSWORD=«enterprise»
password: '«$Pa55w0rd»'
password: "«!Passw0rd»"
"password": "«@dm1n1»"
ADMIN_PASSWORD_PROD=«hunter2»
$env:DB_PASSWORD = "«hunter2»"
password: «hunter2»
password: «hunter2» # change later
spring.datasource.password=«hunter2»
password = "«hunter2»"
password = '«it"s me»'
Password: «Tr0ub4dor&3»
passphrase: "«correct horse battery staple»"
"password": "«hunter2»",
"password": "«a\"b1c2»"
'dbPassword' : '«a\'b1c2»'
"password": "«hunter2»
{"a": "{\"password\": \"«hunter2»\", \"x\": 1}"}
{"a": "{\\\"password\\\": \\\"«hunter2»\\\"}"}
{"text": "DB_PASSWORD=«hunter2»\nUSER=x"}
{"name": "DB_PASSWORD", "value": "«hunter2»"}
["--password", "«hunter2»"]
<password>«hunter2»</password>
<db:password type="x">«hunter2»</db:password>
<password><![CDATA[«hunter2»]]></password>
<add key="password" value="«hunter2»" />
<property name="db.password" value='«hunter2»'/>
<key>password</key><string>«hunter2»</string>
<property><name>hibernate.password</name><value>«hunter2»</value></property>
ALTER ROLE bob WITH ENCRYPTED PASSWORD '«hunter2»';
create user bob with password '«hunter2»';
CREATE LOGIN bob WITH PASSWORD = N'«hunter2!»'
CREATE USER bob IDENTIFIED WITH mysql_native_password BY '«hunter2»'
cmd --password «hunter2» --user bob
cmd --password=«hunter2» --user bob
cmd --db-password "«hunter two»"
mysqldump -h db -u root -p'«hunter2»' shop
mysql -u root -p«s3cret» shop
Server=db;User Id=sa;Password=«hunter2»;Encrypt=true
host=db user=bob password=«hunter2» dbname=x
https://x.example/login?user=bob&password=«hunter2»&next=/
password=«hunter2»&user=bob
config["password"] = "«hunter2»"
os.environ["DB_PASSWORD"] = "«hunter2»"
$config['password'] = '«hunter2»';
:password => "«hunter2»"
password: str = "«hunter2»"
let password: &str = "«hunter2»";
val password: String = "«hunter2»"
password := "«hunter2»"
if password == "«hunter2»":
conn.setPassword("«hunter2!»")
connect(host, password="«hunter2»")
const apiKey = '«8fj39fk20dkf93»';
api-key: «8fj39fk20dkf93»
curl -H "X-Api-Key: «8fj39fk20dkf93»" https://x
API key: «8fj39fk20dkf93»
**API Key:** «8fj39fk20dkf93»
api_key=«550e8400-e29b-41d4-a716-446655440000»
refresh_token=«abc123def456ghi789»
db_pass: «s3cr3t!»
Cookie: theme=dark; sessionid=«8fj39fk20dkf93abcd»; _ga=GA1.2.12345.6789
Set-Cookie: JSESSIONID=«8FJ39FK20DKF93ABCD»; Path=/; HttpOnly
{"Cookie": "session=«8fj39fk20dkf93abcd»"}
document.cookie = "auth_token=«8fj39fk20dkf93abcd»; path=/"
redis://:«hunter2»@cache:6379/0
mongodb+srv://u:«p@ss»@h1,h2/db
DATABASE_URL="mysql://root:«r00t»@localhost/x"
Authorization: Bearer «abcdef123»
Authorization: Basic «dXNlcjpwYXNz»
""".strip().splitlines()

# Harmless: byte for byte.
STAYS = r"""
The password must be at least 8 characters.
Your password is required. Password: required
I forgot my password. Can you help?
Enter password:
Password: must contain a digit
the secret: patience and time
Secret: it's all in the sauce
password: str
password: Optional[str] = None
def login(user: str, password: str) -> Token:
token = get_token()
token = self.token
token: authToken,
token => token.value
type Token = string; token: string;
const { token } = useAuth();
password = input("Password: ")
password = getpass.getpass("Enter password: ")
password=password, token=token
password = request.form["password"]
password = req.body.password
password: user.password,
password = hash_password(password)
password = forms.CharField(widget=forms.PasswordInput)
password: z.string().min(8)
password !== confirmPassword
if (password === undefined)
errors.password = "Password is too short"
'password' => 'required|min:8|confirmed',
'password' => $password,
api_key = os.environ["API_KEY"]
api_key=os.getenv("API_KEY")
apiKey: process.env.API_KEY,
apiKey: "${API_KEY}"
API_KEY=$API_KEY
API_KEY=<your-api-key>
API_KEY=your-api-key-here
api_key = "YOUR_API_KEY"
api_key: "sk-..."
password: "{{ db_password }}"
password: {{ .Values.password }}
password: ${{ secrets.DB_PASSWORD }}
password: !vault |
"password": "ENC[AES256_GCM,data:abc,iv:def]"
PASSWORD=changeme
PASSWORD=
PASSWORD=""
PASSWORD=xxxxxxxx
PASSWORD=********
"password": null,
"password": true
"password": "Password"
"password": {"type": "string", "minLength": 8}
"required": ["username", "password"],
WHERE password = ? AND x = :password
password=%s
password VARCHAR(255) NOT NULL
"password": "[PASSWORD_1]"
API_KEY="[API_KEY_1]"
postgres://user:[URL_PASSWORD_1]@host/db
Authorization: Bearer [BEARER_TOKEN_1]
Cookie: sessionid=[SESSION_COOKIE_1]; theme=dark
password=[PASSWORD_1]&token=[TOKEN_1]
password="left[PASSWORD_1]right2"
max_tokens=100
"max_tokens": 4096,
token_count: 12
"token_type": "bearer"
"password_hint": "the dog from 1999"
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<input type="password" name="password" placeholder="Password" autocomplete="current-password">
<label for="password">Password</label>
primary_key=True
"key": "550e8400-e29b-41d4-a716-446655440000"
"integrity": "sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg=="
commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b
sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 bob@host
data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk
Unexpected token '<', "<!DOCTYPE "... is not valid JSON
SyntaxError: Unexpected token 'export' at line 12
{"token": "Hello", "logprob": -0.31}
tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
next_page_token=abc123def456ghi789
private_key_path: /etc/ssl/private/key.pem
--token-file /run/secrets/token
use --password to set the password
author = "bob1234567"
http://localhost:8080/@vite/client
ssh://git@github.com:22/org/repo
Basic authentication is simple
Bearer authentication scheme
bypass = 'abc123!'
private_key: ed25519.Ed25519PrivateKey, data: bytes
AttributeOID.CHALLENGE_PASSWORD: "challengePassword",
proxy_auth_hdr = "Proxy-Authorization"
:type passphrase: :py:data:`bytes`
password = password.encode("utf-8")
the --username and --password options
'CURLOPT_PASSWORD', 'CURLOPT_PORT2',
'ASAuthorization', 'ASAuthorizationAppleIDCredential1',
pass: 12, fail: 3
mkdir -p /tmp/x && ssh -p2222 host
docker run -u 1000:1000 x
Cookie: theme=dark; lang=en-US; _ga=GA1.2.1234567890.1234567890
cookies: chocolate, oatmeal
"secret": "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod"
The file starts with -----BEGIN RSA PRIVATE KEY----- and ends with -----END RSA PRIVATE KEY-----.
var t=e.token;n.password=r.password;if(a.secret)return b
""".strip().splitlines()


class TestRows:
    @pytest.mark.parametrize("row", ROWS, ids=name_of)
    def test_the_example_that_must_go_loses_only_its_secret(self, row: Rule | KeyName) -> None:
        result = sanitize_payload(unmarked(row.goes))

        assert result.sanitized == MARKED.sub(f"[{row.kind.upper()}_1]", row.goes)
        assert result.secrets_found == (row.kind,)

    @pytest.mark.parametrize("row", ROWS, ids=name_of)
    def test_the_example_that_must_stay_stays(self, row: Rule | KeyName) -> None:
        assert sanitize_payload(row.stays) == Redaction(RedactedText(row.stays))

    def test_every_kind_is_listed_once_in_lower_snake_case(self) -> None:
        assert len(set(KINDS)) == len(KINDS)
        assert {row.kind for row in ROWS} | {"session_cookie", "kubernetes_secret", "pin"} == set(KINDS)
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", kind) for kind in KINDS)


class TestSurroundings:
    @pytest.mark.parametrize("marked", GOES)
    def test_only_the_secret_goes(self, marked: str) -> None:
        sanitized = sanitize_payload(unmarked(marked)).sanitized

        assert ANY_PLACEHOLDER.sub("§", sanitized) == re.sub("«[^»]*(?:»|$)", "§", marked)

    @pytest.mark.parametrize("text", STAYS)
    def test_harmless_text_stays(self, text: str) -> None:
        assert sanitize_payload(text).sanitized == text

    def test_of_a_pair_of_credentials_the_user_stays(self) -> None:
        assert sanitize_payload("creds: demo:Nutmeg4436").sanitized == "creds: demo:[CREDENTIALS_1]"

    def test_a_value_on_the_next_line_of_a_manifest_goes(self) -> None:
        result = sanitize_payload("- name: DB_PASSWORD\n  value: hunter2\n")

        assert result.sanitized == "- name: DB_PASSWORD\n  value: [PASSWORD_1]\n"


ARMOURS = ["RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ", ""]


class TestPrivateKeys:
    @pytest.mark.parametrize("armour", ARMOURS)
    def test_a_whole_block_goes(self, armour: str) -> None:
        name = f"{armour}PRIVATE KEY"
        key = f"-----BEGIN {name}-----\n{mixed(64)}\n{mixed(30)}==\n-----END {name}-----"

        assert sanitize_payload(f"a\n{key}\nb").sanitized == "a\n[PRIVATE_KEY_1]\nb"

    @pytest.mark.parametrize("armour", ARMOURS)
    def test_a_block_cut_off_before_its_end_goes(self, armour: str) -> None:
        key = f"-----BEGIN {armour}PRIVATE KEY-----\n{mixed(64)}\n{mixed(64)}\n{mixed(13)}"

        assert sanitize_payload(f"a\n{key}").sanitized == "a\n[PRIVATE_KEY_1]"

    def test_prose_behind_a_cut_off_block_stays(self) -> None:
        key = f"-----BEGIN PRIVATE KEY-----\n{mixed(64)}\n{mixed(64)}"

        assert sanitize_payload(f"{key}\n\nWhat is this?").sanitized == "[PRIVATE_KEY_1]\n\nWhat is this?"

    def test_headers_go_with_the_block(self) -> None:
        headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n"

        assert (
            sanitize_payload(f"-----BEGIN RSA PRIVATE KEY-----\n{headers}\n{mixed(64)}").sanitized == "[PRIVATE_KEY_1]"
        )

    def test_a_pgp_block_goes(self) -> None:
        name = "PGP PRIVATE KEY BLOCK"
        key = f"-----BEGIN {name}-----\nVersion: GnuPG v2\n\n{mixed(64)}\n=aB3d\n-----END {name}-----"

        assert sanitize_payload(key).sanitized == "[PRIVATE_KEY_1]"

    def test_a_block_inside_a_json_string_goes(self) -> None:
        key = rf"-----BEGIN PRIVATE KEY-----\n{mixed(64)}\n{mixed(20)}\n-----END PRIVATE KEY-----\n"
        result = sanitize_payload(f'{{"private_key": "{key}", "type": "x"}}')

        assert result.sanitized == r'{"private_key": "[PRIVATE_KEY_1]\n", "type": "x"}'

    @pytest.mark.parametrize("name", ["CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY", "PGP PUBLIC KEY BLOCK"])
    def test_what_is_public_stays(self, name: str) -> None:
        text = f"-----BEGIN {name}-----\n{mixed(64)}\n{mixed(64)}\n-----END {name}-----\n"

        assert sanitize_payload(text).sanitized == text


class TestNames:
    def test_one_secret_has_one_name_across_texts(self) -> None:
        redactor = Redactor()

        first = redactor.sanitize("password=hunter2 and password=hunter3")
        second = redactor.sanitize('"password": "hunter3"')

        assert first.sanitized == "password=[PASSWORD_1] and password=[PASSWORD_2]"
        assert second.sanitized == '"password": "[PASSWORD_2]"'

    def test_new_names_avoid_those_in_the_text(self) -> None:
        result = sanitize_payload("password=[PASSWORD_1] password=hunter2")

        assert result.sanitized == "password=[PASSWORD_1] password=[PASSWORD_2]"
        assert len(result.findings) == 1

    def test_new_names_avoid_those_in_earlier_texts(self) -> None:
        redactor = Redactor()
        redactor.sanitize("see [PASSWORD_1]")

        assert redactor.sanitize("password=hunter2").sanitized == "password=[PASSWORD_2]"

    def test_kinds_are_deduplicated_in_order_of_appearance(self) -> None:
        result = sanitize_payload(f"token={hexed(32)} password=hunter2 token={mixed(32)}")

        assert result.secrets_found == ("token", "password")

    def test_a_sharper_rule_gives_the_name(self) -> None:
        assert sanitize_payload(f"API_KEY=ghp{'_'}{mixed(36)}").secrets_found == ("github_token",)

    def test_a_secret_uncovered_by_the_removal_of_another_goes_too(self) -> None:
        glued = f"glpat{'-'}{mixed(20)}.01.abcdefg" + "AKIA" + hexed(16).upper()

        assert sanitize_payload(glued).sanitized == "[GITLAB_TOKEN_1][AWS_ACCESS_KEY_ID_1]"

    def test_nothing_handed_back_or_kept_shows_a_secret(self) -> None:
        redactor = Redactor()
        result = redactor.sanitize("password=hunter2")
        held = [getattr(redactor._placeholders, name) for name in redactor._placeholders.__slots__]

        assert "hunter2" not in f"{result!r} {redactor!r} {held!r}"

    def test_the_text_is_marked_as_redacted(self) -> None:
        assert type(sanitize_payload("hello").sanitized) is RedactedText


# Texts that are nothing but the pieces rules look for, in any order.
PIECES = [
    *(
        'password="',
        'password=\\"',
        "password=",
        "--token ",
        "api key: ",
        "hunter2",
        " ",
        "\n",
        "\\n",
        '"',
        "'",
        "\\",
    ),
    *(
        "<password>",
        "</",
        "://a:",
        "@h",
        "[A_1]",
        "[PASSWORD_2]",
        "eyJ",
        ".",
        "-----BEGIN RSA PRIVATE KEY-----",
    ),
    *(
        "-----END RSA PRIVATE KEY-----",
        "Cookie: sid=",
        ";",
        ",",
        "(",
        "]",
        "Bearer ",
        "Basic ",
        "sk-",
        "İ",
        "\ud800",
    ),
    *("\0", "\u200b", "=", "token", "value=", "mysql -p", "identified by '", mixed(40), hexed(32), "x" * 20),
    "gh" + "p_" + mixed(36),
    "AKIA" + mixed(16).upper(),
]
HOSTILE_TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=24).map("".join)


class TestProperties:
    @settings(max_examples=400, deadline=None)
    @given(HOSTILE_TEXT)
    @example('password="' * 3)
    @example("İİ password=hunter2")
    def test_what_was_redacted_stays_as_it_is(self, text: str) -> None:
        sanitized = sanitize_payload(text).sanitized

        assert sanitize_payload(sanitized) == Redaction(sanitized)

    @settings(max_examples=400, deadline=None)
    @given(HOSTILE_TEXT)
    def test_findings_point_at_their_placeholders(self, text: str) -> None:
        result = sanitize_payload(text)

        ends = [0]
        for kind, start, end in result.findings:
            assert re.fullmatch(rf"\[{kind.upper()}_[0-9]+\]", result.sanitized[start:end])
            assert result.sanitized[start:end] not in text
            assert start >= ends[-1]
            ends.append(end)

    @settings(max_examples=400, deadline=None)
    @given(HOSTILE_TEXT)
    def test_everything_around_the_findings_comes_from_the_text_in_order(self, text: str) -> None:
        result = sanitize_payload(text)

        at = copied = 0
        for _, start, end in result.findings:
            at = text.index(result.sanitized[copied:start], at) + start - copied
            copied = end
        assert text.endswith(result.sanitized[copied:])
        assert result.findings or result.sanitized == text


class TestHostileTexts:
    """That time grows with the text and no faster is measured in bench/, where machines' noise does no harm."""

    @pytest.mark.parametrize("start", HOSTILE_STARTS)
    @pytest.mark.parametrize("unit", HOSTILE_UNITS)
    def test_nothing_raises_and_what_was_redacted_stays_as_it_is(self, start: str, unit: str) -> None:
        once = sanitize_payload(start + unit * (2_000 // len(unit))).sanitized

        assert sanitize_payload(str(once)).sanitized == once


class TestSentences:
    """What people tell each other, one remark a line; the secret stands between « and »."""

    @pytest.mark.parametrize("marked", TOLD)
    def test_a_secret_that_is_told_goes_and_the_sentence_stays(self, marked: str) -> None:
        assert ANY_PLACEHOLDER.sub("§", sanitize_payload(unmarked(marked)).sanitized) == MARKED.sub("§", marked)

    @pytest.mark.parametrize("prose", PROSE)
    def test_sentences_about_passwords_stay(self, prose: str) -> None:
        assert sanitize_payload(prose).sanitized == prose


class TestManifests:
    def test_every_value_of_a_kubernetes_secret_goes_and_nothing_else(self) -> None:
        text = (
            "kind: Secret\nmetadata:\n  name: shop\ndata:\n  db: aHVudGVyMnNlY3JldHBhc3M=\n"
            "stringData:\n  user: shop-user1\n---\nkind: ConfigMap\ndata:\n  colour: dark-blue1\n"
        )

        clean = sanitize_payload(text)

        assert clean.secrets_found == ("kubernetes_secret",)
        assert "  db: [KUBERNETES_SECRET_1]\nstringData:\n  user: [KUBERNETES_SECRET_2]\n---" in clean.sanitized
        assert "dark-blue1" in clean.sanitized

    def test_other_manifests_stay(self) -> None:
        text = "kind: SecretStore\ndata:\n  a: aHVudGVyMnNlY3JldHBhc3M=\n"

        assert sanitize_payload(text).sanitized == text


class TestLongTexts:
    def test_the_collector_rests_while_one_is_read_and_works_again_afterwards(self) -> None:
        seen: list[bool] = []

        with uncollected("x" * LONG):
            seen.append(gc.isenabled())
        with contextlib.suppress(RuntimeError), uncollected("x" * LONG):
            raise RuntimeError

        assert seen == [False]
        assert gc.isenabled()

    def test_a_short_one_does_not_trouble_it(self) -> None:
        with uncollected("short"):
            assert gc.isenabled()
