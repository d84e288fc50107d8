"""Credentials known by their own mark, with a source for each: those whose format needs a pattern of its own."""

from app.domain.redaction.rules.rule import Rule, hexed, mixed, token

MARKED: tuple[Rule, ...] = (
    # docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: AKIA long-term, ASIA temporary.
    token(
        "aws_access_key_id",
        "AKIA ASIA ABIA ACCA",
        r"A(?:KIA|SIA|BIA|CCA)(?![A-Z0-9]{6,9}EXAMPLE)[A-Z0-9]{12,16}(?![A-Za-z0-9])",
        goes="id «AKIA" + mixed(16).upper() + "» used",
        stays="AKIARAISED, AROA" + "IOSFODNN7" + "EXAMPLE, and AKIA" + "IOSFODNN7" + "EXAMPLE of the manual",
    ),
    # app/domain/api_keys.py: our own
    token(
        "goldset_api_key",
        "goldset_",
        r"goldset_[\w-]{30,43}(?![\w-])",
        goes="Authorization: Bearer «goldset_" + mixed(43) + "»",
        stays="goldset_session, goldset_writing",
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
        r"gl(?:pat|dt|rtr?|cbt|ptt|ft|soat|imt|agent|ffct|oas|wt)-[\w-]{16,}+(?:\.[0-9a-z]{2}\.[0-9a-z]{7,9})?+",
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
        "hooks.slack.com",
        r"hooks\.slack\.com\\?/(?:services|workflows|triggers)\\?/[A-Z0-9]{1,20}+\\?/[A-Za-z0-9]{1,24}+\\?/(?P<secret>[A-Za-z0-9/\\]{10,}+)",
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
        r"(?<=[0-9]{8}):(?P<secret>AA[\w-]{29,33})(?![\w-])",
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
        r"AIza[\w-]{31,39}(?![\w-])",
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
        r"npm_[A-Za-z0-9]{32,36}(?![A-Za-z0-9])",
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
        r"SK[0-9a-f]{28,32}(?![A-Za-z0-9])",
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
    # flask.palletsprojects.com sessions, as itsdangerous writes them: data, compressed or not, a time, a signature
    token(
        "session_cookie",
        "eyJ .eJ",
        r"(?:eyJ|\.eJ)[\w-]{8,2000}+\.[\w-]{5,6}\.[\w-]{26,43}(?![\w.-])",
        goes="session=«eyJ" + mixed(45) + ".aBc1Dw." + mixed(27) + "»",
        stays="eyJ" + mixed(33) + " is a header",
    ),
    # laravel.com encryption: {"iv": ... in base64, as it is written into cookies
    token(
        "session_cookie",
        "eyJpdiI6",
        r"eyJpdiI6[\w+/%-]{60,}+={0,2}+",
        goes="laravel_session=«eyJpdiI6" + mixed(150) + "»",
        stays="eyJpdiI6 is how it begins",
    ),
    # learn.microsoft.com data protection: what every protected payload begins with
    token(
        "session_cookie",
        "CfDJ8",
        r"CfDJ8[\w-]{40,}+",
        goes=".AspNetCore.Cookies=«CfDJ8" + mixed(90) + "»",
        stays="CfDJ8 is a header",
    ),
    # developer.wordpress.org: user, expiry, token and signature
    token(
        "session_cookie",
        "wordpress_logged_in_ wordpress_sec_",
        r"wordpress_(?:logged_in|sec)_[0-9a-z]{1,40}+=[\w.@+-]{1,60}+(?:%7C|\|)[0-9]{8,12}+(?:%7C|\|)(?P<secret>[\w.@+%|-]{24,}+)",
        goes="wordpress_logged_in_"
        + "5d41402abc4b2a76b9719d911017c592"
        + "=bob%7C1781010555%7C«"
        + mixed(43)
        + "%7C"
        + hexed(64)
        + "»",
        stays="wordpress_logged_in_" + "5d41402abc4b2a76b9719d911017c592" + "=; path=/",
    ),
    # RFC 7515, 7519 (three parts) and 7516 (five): base64url of '{"' begins with eyJ.
    token(
        "jwt",
        "eyJ",
        r"(?:(?<![_-])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))(?P<secret>eyJ[\w-]{8,}+\.(?:eyJ[\w-]{8,}+\.[\w-]*+|[\w-]*+\.[\w-]{8,}+\.[\w-]{8,}+\.[\w-]{8,}+))",
        goes="jwt «eyJ" + mixed(33) + ".eyJ" + mixed(60) + "." + mixed(43) + "»",
        stays="eyJ" + mixed(33) + " is a header",
    ),
)
