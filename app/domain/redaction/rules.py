"""The table of rules: secrets known by their own published format, or by the place they stand in.

Every pattern starts at a literal, so `str.find` does the searching; every repetition is bounded or
possessive, and an open-ended one either comes last or starts at the only place where such a run can start.
Both keep the time linear. Where a format has a fixed length, a little less is accepted at times: texts get
cut off.
"""

from dataclasses import replace

from app.domain.redaction.places import PLACES
from app.domain.redaction.rule import (
    Rule,
    hexed,
    holds_key,
    mixed,
    token,
)
from app.domain.redaction.sentences import SENTENCES
from app.domain.redaction.vendors import VENDORS

# RFC 7468, RFC 1421, RFC 9580: armour, and what stands between its lines when it is quoted inside other text.
_GAP = r"(?:\s|\\{1,4}+[nrt]|[\"'+,>#;|])"
_BASE64 = r"(?:[A-Za-z0-9+/]|\\/)"
_PRIVATE = r"[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
_KEY_HEADERS = rf"(?:{_GAP}{{1,20}}+(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):[^\n\\]{{0,120}}+){{0,6}}+"
_CUT_OFF_BODY = (
    rf"{_KEY_HEADERS}(?:{_GAP}{{0,30}}+{_BASE64}{{24,}}+={{0,2}}+)*+"
    rf"(?:{_GAP}{{0,30}}+{_BASE64}{{4,}}+={{0,2}}+(?=\s{{0,20}}+\Z|[\"'\\]))?+"
)
_PEM = rf"-----BEGIN {_PRIVATE}(?:(?:[^-]++|-(?!----))*+-----END {_PRIVATE}|{_CUT_OFF_BODY})"

_KEYS: tuple[Rule, ...] = (
    replace(
        token(
            "private_key",
            "-----BEGIN",
            rf"(?P<secret>{_PEM})",
            goes="«-----BEGIN RSA PRIV"
            + "ATE KEY-----\n"
            + mixed(64)
            + "\n"
            + mixed(20)
            + "==\n-----END RSA PRIV"
            + "ATE KEY-----»",
            stays="-----BEGIN PUBLIC KEY-----\n" + mixed(64) + "\n-----END PUBLIC KEY-----",
            inside=True,
        ),
        check=holds_key,
    ),
    # PuTTY's .ppk: the private lines follow their count.
    token(
        "private_key",
        "Private-Lines:",
        r"Private-Lines: [0-9]{1,4}+\s{1,4}+(?P<secret>(?:[A-Za-z0-9+/=]{1,128}+(?:\r?\n|\\n|\Z))++)",
        goes="Private-Lines: 2\n«" + mixed(64) + "\n" + mixed(40) + "=\n»Private-MAC: 00",
        stays="Public-Lines: 2\n" + mixed(64) + "\n",
    ),
    token(
        "age_secret_key",
        "AGE-SECRET-KEY-1",
        r"AGE-SECRET-KEY-1[A-Z0-9]{50,}+",
        goes="# key\n«AGE-SECRET-" + "KEY-1" + mixed(58).upper() + "»",
        stays="age1" + mixed(58).lower(),
    ),
)

_TOKENS: tuple[Rule, ...] = (
    # docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: AKIA long-term, ASIA temporary.
    token(
        "aws_access_key_id",
        "AKIA ASIA ABIA ACCA",
        r"A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}(?![A-Za-z0-9])",
        goes="id «AKIA" + "IOSFODNN7" + "EXAMPLE» used",
        stays="AKIARAISED and AROA" + "IOSFODNN7" + "EXAMPLE",
    ),
    # github.blog "Behind GitHub's new authentication token formats".
    token(
        "github_token",
        "ghp_ gho_ ghu_ ghs_ ghr_",
        r"gh[pousr]_[A-Za-z0-9]{30,}+",
        goes="git clone with «ghp" + "_" + mixed(36) + "»",
        stays="ghp_" + "x" * 36,
    ),
    token(
        "github_token",
        "github_pat_",
        r"github_pat_[A-Za-z0-9_]{36,}+",
        goes="«github" + "_pat_" + mixed(22) + "_" + mixed(59) + "»",
        stays="github_pat_prefix",
    ),
    # docs.gitlab.com/security/tokens: the prefix table; the routable form has two dotted parts more.
    token(
        "gitlab_token",
        "glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glsoat- glimt- glagent- glffct- gloas- glwt-",
        r"gl(?:pat|dt|rtr?|cbt|ptt|ft|soat|imt|agent|ffct|oas|wt)-[\w-]{20,}+(?:\.[0-9a-z]{2}\.[0-9a-z]{7})?+",
        goes="PRIVATE-TOKEN: «glpat" + "-" + mixed(20) + "»",
        stays="glpat-short",
    ),
    # docs.slack.dev/authentication/tokens
    token(
        "slack_token",
        "xox",
        r"xox[a-z](?:\.xox[a-z])?+-[A-Za-z0-9%-]{10,}+",
        goes="SLACK=«xoxb" + "-1234567890-" + mixed(24) + "»",
        stays="xoxo-hugs",
    ),
    token(
        "slack_token",
        "xapp-",
        r"xapp-[0-9]-[A-Za-z0-9-]{20,}+",
        goes="«xapp" + "-1-A0B1C2D3E-123456789-" + hexed(64) + "»",
        stays="xapp-sdk",
    ),
    token(
        "slack_webhook",
        "hooks.slack.com/",
        r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Z0-9]{1,20}+/[A-Za-z0-9]{1,24}+/(?P<secret>[A-Za-z0-9/]{10,}+)",
        goes="https://hooks.slack.com/services/T0A1B2C3D/B0A1B2C3D/«" + mixed(24) + "»",
        stays="https://hooks.slack.com/services/T00/B00/XXXX",
    ),
    token(
        "discord_webhook",
        "/api/webhooks/",
        r"/api/webhooks/[0-9]{15,22}+/(?P<secret>[\w-]{40,}+)",
        goes="https://discord.com/api/webhooks/123456789012345678/«" + mixed(68) + "»",
        stays="https://discord.com/api/webhooks/123456789012345678",
        inside=True,
    ),
    # core.telegram.org/bots/api: the bot's id stays.
    token(
        "telegram_bot_token",
        ":AA",
        r"(?<=[0-9]{8}):(?P<secret>AA[\w-]{33})(?![\w-])",
        goes="bot 123456789:«AA" + mixed(33) + "»",
        stays="ratio 12345678:AAA",
        inside=True,
    ),
    # docs.stripe.com/keys: publishable keys (pk_) are public.
    token(
        "stripe_api_key",
        "sk_live_ sk_test_ rk_live_ rk_test_",
        r"[sr]k_(?:live|test)_[A-Za-z0-9]{10,}+",
        goes="key «sk" + "_live_" + mixed(24) + "»",
        stays="pk_live_" + mixed(24),
    ),
    token(
        "stripe_webhook_secret",
        "whsec_",
        r"whsec_[A-Za-z0-9+/]{24,}+={0,2}+",
        goes="«whsec" + "_" + mixed(32) + "»",
        stays="whsec_...",
    ),
    token(
        "anthropic_api_key",
        "sk-ant-",
        r"sk-ant-[\w-]{20,}+",
        goes="x-api-key: «sk-" + "ant-api03-" + mixed(93) + "AA»",
        stays="sk-ant-xxxxxxxxxxxxxxxxxxxxxxxx",
    ),
    token(
        "openai_api_key",
        "sk-",
        r"sk-(?:(?:proj|svcacct|admin|service|None)-[\w-]{20,}+|or-v1-[0-9a-f]{40,}+|[A-Za-z0-9]{32,}+)",
        goes="use «sk-" + "proj-" + mixed(48) + "» here",
        stays="task-" + mixed(40) + " and sk-fading-circle",
    ),
    token(
        "google_api_key",
        "AIza",
        r"AIza[\w-]{35}(?![\w-])",
        goes="?key=«AIza" + mixed(35) + "»",
        stays="AIzabel",
    ),
    token(
        "google_oauth_token",
        "ya29.",
        r"ya29\.[\w.-]{20,}+",
        goes="«ya29" + ".a0" + mixed(60) + "»",
        stays="ya29.x",
    ),
    token(
        "google_refresh_token",
        "1//0",
        r"1//0[\w-]{30,}+",
        goes="«1//" + "0g" + mixed(60) + "»",
        stays="1//0 is no number",
    ),
    token(
        "google_client_secret",
        "GOCSPX-",
        r"GOCSPX-[\w-]{20,}+",
        goes="«GOC" + "SPX-" + mixed(28) + "»",
        stays="GOCSPX-",
    ),
    token(
        "npm_token",
        "npm_",
        r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])",
        goes="//registry.npmjs.org/:_authToken=«npm" + "_" + mixed(36) + "»",
        stays="npm_config_registry",
    ),
    # pypi.org/help/#apitoken: a macaroon in base64, whose first bytes are 02 01.
    token(
        "pypi_token",
        "pypi-A",
        r"pypi-A[\w-]{40,}+",
        goes="password = «pypi" + "-AgEIcHlwaS5vcmc" + mixed(80) + "»",
        stays="pypi-Attestations",
    ),
    token(
        "huggingface_token",
        "hf_ api_org_",
        r"(?:hf|api_org)_[A-Za-z0-9]{30,}+",
        goes="«hf" + "_" + mixed(34) + "»",
        stays="hf_hub_download",
    ),
    token(
        "sendgrid_api_key",
        "SG.",
        r"SG\.[\w-]{16,32}+\.[\w-]{30,}+",
        goes="«SG" + "." + mixed(22) + "." + mixed(43) + "»",
        stays="SG.Model.fit",
    ),
    # twilio.com/docs/glossary/what-is-a-sid: SK names an API key; AC, an account, is public.
    token(
        "twilio_api_key",
        "SK",
        r"SK[0-9a-f]{32}(?![A-Za-z0-9])",
        goes="«SK" + hexed(32) + "»",
        stays="AC" + hexed(32),
    ),
    token(
        "digitalocean_token",
        "dop_v1_ doo_v1_ dor_v1_",
        r"do[opr]_v1_[0-9a-f]{40,}+",
        goes="«dop" + "_v1_" + hexed(64) + "»",
        stays="dop_v1_token",
    ),
    # RFC 7515, 7519 (three parts) and 7516 (five): base64url of '{"' begins with eyJ.
    token(
        "jwt",
        "eyJ",
        r"(?<![\w-])(?P<secret>eyJ[\w-]{8,}+\.(?:eyJ[\w-]{8,}+\.[\w-]*+|[\w-]*+\.[\w-]{8,}+\.[\w-]{8,}+\.[\w-]{8,}+))",
        goes="jwt «eyJ" + mixed(33) + ".eyJ" + mixed(60) + "." + mixed(43) + "»",
        stays="eyJ" + mixed(33) + " is a header",
        inside=True,
    ),
)

RULES: tuple[Rule, ...] = _KEYS + _TOKENS + VENDORS + PLACES + SENTENCES
