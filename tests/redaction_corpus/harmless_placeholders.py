"""Values that stand where a secret would: placeholders, references to a store, masks, labels of a redaction before."""

import random
from collections.abc import Iterator

from tests.redaction_corpus.harmless_fill import fill, listed

PLACEHOLDERS = listed("""
changeme ¦ change-me ¦ CHANGE_ME ¦ CHANGEME ¦ change_me_please ¦ replace-me ¦ REPLACE_ME ¦ REPLACE_THIS ¦ <token>
<your-api-key> ¦ <YOUR_API_KEY> ¦ <password> ¦ <redacted> ¦ <secret> ¦ <insert key here> ¦ <your password>
<api key from the dashboard> ¦ <TOKEN> ¦ <paste-token-here> ¦ <access_token> ¦ your_api_key ¦ your-api-key-here
YOUR_API_KEY ¦ YOUR_TOKEN_HERE ¦ your_password_here ¦ YOUR-SECRET ¦ yourPassword ¦ your_github_token
YOUR_CLIENT_SECRET ¦ YOUR_ACCESS_TOKEN ¦ your-token ¦ my_api_key ¦ insert-token-here ¦ INSERT_API_KEY_HERE
put-your-key-here ¦ enter_your_token ¦ replace_with_your_key ¦ TODO ¦ TBD ¦ FIXME ¦ example ¦ dummy ¦ placeholder
PLACEHOLDER ¦ example-token ¦ dummy-key ¦ fake-token-for-tests ¦ not-a-real-key ¦ not_a_secret ¦ ... ¦ sk-...
ghp_... ¦ sk_live_... ¦ xoxb-... ¦ sk-your-key-here ¦ ghp_your_token_here ¦ AKIA... ¦ eyJ... ¦ hf_... ¦ glpat-...
sk-<your key>
""")
MASKS = listed("""
xxxx ¦ xxxxxxxx ¦ XXXXXXXXXXXXXXXX ¦ xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx ¦ xxx-xxx-xxx
XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX ¦ **** ¦ ******** ¦ ******************** ¦ •••••••• ¦ ●●●●●● ¦ ########
________ ¦ -------- ¦ REDACTED ¦ [REDACTED] ¦ [redacted] ¦ ***REDACTED*** ¦ <REDACTED> ¦ [hidden] ¦ [FILTERED]
(hidden) ¦ [MASKED] ¦ *** ¦ (sensitive value) ¦ (known after apply) ¦ [removed] ¦ <masked> ¦ (not shown) ¦ n/a
sk-xxxxxxxxxxxxxxxxxxxx ¦ ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ¦ sk_live_XXXXXXXXXXXXXXXXXXXXXXXX
AKIAXXXXXXXXXXXXXXXX ¦ xoxb-xxxx-xxxx-xxxx ¦ sk-**** ¦ ghp_************************************
eyJxxxxxxxxxxxx.xxxx.xxxx ¦ AIza*********************************** ¦ sk-ant-... ¦ glpat-xxxxxxxxxxxxxxxxxxxx
""")
REFERENCES = listed("""
${⟦scream⟧} ¦ $⟦scream⟧ ¦ ${⟦scream⟧:-} ¦ ${⟦scream⟧:?must be set} ¦ %⟦scream⟧% ¦ {{ ⟦snake⟧ }} ¦ {{⟦camel⟧}}
{{ .Values.auth.⟦camel⟧ }} ¦ {{ vault_⟦snake⟧ }} ¦ <%= ENV['⟦scream⟧'] %> ¦ #{⟦scream⟧}# ¦ @@⟦scream⟧@@ ¦ __⟦scream⟧__
$(⟦scream⟧) ¦ ${{ secrets.⟦scream⟧ }} ¦ ${env:⟦scream⟧} ¦ {⟦snake⟧} ¦ ${env.⟦scream⟧} ¦ $(cat /run/secrets/⟦snake⟧)
/run/secrets/⟦snake⟧ ¦ file:///etc/acme/⟦kebab⟧.txt ¦ vault:secret/data/⟦svc⟧#⟦snake⟧ ¦ ref+vault://kv/⟦svc⟧/⟦kebab⟧
op://Engineering/⟦svc⟧/⟦kebab⟧ ¦ arn:aws:secretsmanager:eu-west-1:⟦dig:12⟧:secret:⟦svc⟧/⟦kebab⟧-⟦alnum:6⟧
ssm:/⟦svc⟧/prod/⟦kebab⟧ ¦ {{resolve:secretsmanager:⟦svc⟧:SecretString:⟦snake⟧}}
projects/acme/secrets/⟦kebab⟧/versions/latest
@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/⟦kebab⟧) ¦ env:⟦scream⟧
ENC[AES256_GCM,data:⟦b64:24⟧,iv:⟦sri:32⟧,tag:⟦sri:16⟧,type:str] ¦ secret://⟦svc⟧/⟦kebab⟧ ¦ ${var.⟦snake⟧}
<<⟦scream⟧>> ¦ $⟦snake⟧ ¦ ${⟦camel⟧} ¦ keyring:⟦svc⟧/⟦kebab⟧ ¦ !vault ⟦svc⟧/⟦kebab⟧
""")
REDACTED = ("⟦label⟧",)

# Where the value stands; a syntax is a kind. A value of any group can stand in each without becoming another thing.
SYNTAXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("env", ("⟦scream⟧=⟦V⟧", "export ⟦scream⟧=⟦V⟧", '⟦scream⟧="⟦V⟧"', "export ⟦scream⟧='⟦V⟧'", "⟦snake⟧=⟦V⟧ # set me")),
    ("env", ("PORT=⟦n:1000-9999⟧\n⟦scream⟧=⟦V⟧\nDEBUG=false", "# required\n⟦scream⟧=⟦V⟧\n# optional\n⟦scream⟧=")),
    ("yaml", ('⟦snake⟧: "⟦V⟧"', "⟦camel⟧: '⟦V⟧'", '⟦svc⟧:\n  user: app\n  ⟦snake⟧: "⟦V⟧"\n  port: ⟦n:1000-9999⟧')),
    ("yaml", ('env:\n  - name: ⟦scream⟧\n    value: "⟦V⟧"', "- {name: ⟦scream⟧, value: '⟦V⟧'}", '⟦kebab⟧: "⟦V⟧"')),
    (
        "json",
        ('{"⟦snake⟧": "⟦V⟧"}', '{"user": "app", "⟦camel⟧": "⟦V⟧", "port": ⟦n:1-9999⟧}', '{"a": {"⟦scream⟧": "⟦V⟧"}}'),
    ),
    (
        "json",
        ('{\n  "⟦camel⟧": "⟦V⟧",\n  "timeout": ⟦n:1-90⟧\n}', '"{\\"⟦snake⟧\\": \\"⟦V⟧\\"}"', '  "⟦kebab⟧": "⟦V⟧",'),
    ),
    ("toml", ('[⟦svc⟧]\n⟦snake⟧ = "⟦V⟧"\nretries = ⟦n:1-9⟧', "⟦snake⟧ = '⟦V⟧'", '⟦svc⟧.⟦snake⟧ = "⟦V⟧"')),
    ("ini", ("[⟦svc⟧]\nhost = ⟦host⟧\n⟦snake⟧ = ⟦V⟧", "⟦svc⟧.⟦kebab⟧=⟦V⟧", "⟦svc⟧.⟦camel⟧: ⟦V⟧", "; ⟦snake⟧ = ⟦V⟧")),
    (
        "markup",
        ("<add key='⟦camel⟧' value='⟦V⟧' />", "<![CDATA[⟦V⟧]]>", "<property name='⟦camel⟧'><![CDATA[⟦V⟧]]></property>"),
    ),
    ("markup", ('<input type="password" name="⟦snake⟧" placeholder="⟦V⟧">', '<server id="⟦svc⟧" ⟦camel⟧="⟦V⟧"/>')),
    ("python", ('⟦scream⟧ = "⟦V⟧"', "⟦snake⟧: str = '⟦V⟧'", 'client = Client(⟦snake⟧="⟦V⟧", timeout=⟦n:1-90⟧)')),
    (
        "python",
        ('os.environ["⟦scream⟧"] = "⟦V⟧"', 'config = {"user": "app", "⟦snake⟧": "⟦V⟧"}', "x['⟦snake⟧'] = '⟦V⟧'"),
    ),
    ("javascript", ("const ⟦camel⟧ = '⟦V⟧';", 'new Client({ ⟦camel⟧: "⟦V⟧" })', 'process.env.⟦scream⟧ = "⟦V⟧";')),
    ("javascript", ("let ⟦camel⟧: string = '⟦V⟧';", "export default { ⟦camel⟧: '⟦V⟧', retries: ⟦n:1-9⟧ };")),
    ("compiled", ('String ⟦camel⟧ = "⟦V⟧";', 'private const string ⟦camel⟧ = "⟦V⟧";', '⟦camel⟧ := "⟦V⟧"')),
    ("compiled", ('let ⟦snake⟧ = "⟦V⟧";', 'builder.set⟦svc⟧("x").⟦camel⟧("⟦V⟧").build();', 'val ⟦camel⟧ = "⟦V⟧"')),
    (
        "script",
        (
            "define('⟦scream⟧', '⟦V⟧');",
            "$⟦camel⟧ = '⟦V⟧';",
            '⟦snake⟧ => "⟦V⟧",',
            "set ⟦scream⟧=⟦V⟧",
            'local ⟦snake⟧ = "⟦V⟧"',
        ),
    ),
    (
        "script",
        (
            '$env:⟦scream⟧ = "⟦V⟧"',
            "setenv ⟦scream⟧ '⟦V⟧'",
            "ENV ⟦scream⟧=⟦V⟧",
            "ARG ⟦scream⟧=⟦V⟧",
            'set -x ⟦scream⟧ "⟦V⟧"',
        ),
    ),
    (
        "command",
        ("acme-cli login --⟦kebab⟧ '⟦V⟧'", "acme --⟦kebab⟧=⟦V⟧ --verbose", 'docker run -e ⟦scream⟧="⟦V⟧" acme/⟦svc⟧'),
    ),
    (
        "command",
        ('curl -u "app:⟦V⟧" https://⟦host⟧/v1/me', "mysql -u app --password='⟦V⟧' shop", "PGPASSWORD='⟦V⟧' psql shop"),
    ),
    (
        "header",
        ("Authorization: Bearer ⟦V⟧", "Authorization: token ⟦V⟧", "X-Api-Key: ⟦V⟧", "Proxy-Authorization: Basic ⟦V⟧"),
    ),
    (
        "header",
        (
            'curl -H "Authorization: Bearer ⟦V⟧" https://⟦host⟧/v1',
            '"Authorization": "Bearer ⟦V⟧"',
            "PRIVATE-TOKEN: ⟦V⟧",
        ),
    ),
    ("header", ("GET /v1/me HTTP/1.1\nHost: ⟦host⟧\nX-Auth-Token: ⟦V⟧\nAccept: */*", "headers['X-API-Key'] = '⟦V⟧'")),
    (
        "url",
        (
            "postgres://app:⟦V⟧@db.⟦host⟧:5432/shop",
            "https://⟦V⟧@git.⟦host⟧/acme/⟦svc⟧.git",
            "redis://:⟦V⟧@cache:6379/0",
        ),
    ),
    (
        "url",
        ("https://⟦host⟧/v1/list?api_key=⟦V⟧&page=⟦n:1-9⟧", "https://⟦host⟧/hook?token=⟦V⟧", "amqp://app:⟦V⟧@mq//"),
    ),
    (
        "notes",
        (
            "| user | ⟦said⟧ |\n|---|---|\n| app | ⟦V⟧ |",
            "- ⟦said⟧: ⟦V⟧",
            "Set ⟦scream⟧ to `⟦V⟧` first.",
            "**⟦said⟧**: `⟦V⟧`",
        ),
    ),
    ("notes", ("user,⟦snake⟧\napp,⟦V⟧", "The log shows ⟦V⟧ where the ⟦said⟧ was.", "password: ⟦V⟧\nuser: app")),
)
# Values that break the syntax they would stand in, or read as another thing there.
UNFIT = {"url": ("<", "[", "/", "#", " ", "%", "?"), "env": (" ", "!"), "command": (" ",), "script": (" ",)}
FAMILIES = (("placeholder", PLACEHOLDERS), ("masked", MASKS), ("reference", REFERENCES), ("redacted", REDACTED))


def _values(family: str, pool: tuple[str, ...], syntax: str) -> list[str]:
    unfit = () if family == "redacted" else UNFIT.get(syntax, ())
    quoted = "'" if syntax in {"command", "python", "javascript", "script"} else "\0"
    return [value for value in pool if not any(sign in value for sign in (*unfit, quoted))]


def placeholder_snippets(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield every surrounding with a value of every family, drawn anew for each seed."""
    for family, pool in FAMILIES:
        for syntax, surroundings in SYNTAXES:
            values = _values(family, pool, syntax)
            for surrounding in surroundings * 2:
                value = fill(rng.choice(values), rng)
                yield f"{family}_{syntax}", fill(surrounding, rng, V=value)
