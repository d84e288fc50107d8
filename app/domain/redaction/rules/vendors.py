"""More credentials known by their own prefix, a vendor a row: the forms that the vendors publish, or print in their
documentation. What stands behind the prefix is given by its characters and its least length, a little under the real
one where that is fixed, because texts get cut off.
"""

import re
from dataclasses import replace

from app.domain.redaction.rules.rule import START, Check, Match, Rule, hexed, mixed
from app.domain.redaction.values import has_digit, is_varied

_ALNUM, _WORD, _HEX, _LOWER, _UPPER = r"[A-Za-z0-9]", r"[\w-]", r"[0-9a-f]", r"[0-9a-z]", r"[0-9A-Z]"
_BASE64 = r"[\w+/=-]"
_GOES_ON = re.compile(r"\+|/[A-Za-z0-9+/]{24}")
"""A long run of base64 has every short prefix in it somewhere; there it goes on behind a plus or a slash."""
_BOUNDS = (
    r"(?<=[^\w+/-]/)|(?<=\w\.\w{2}/)|(?<=\w\.\w{3}/)|(?<=%[0-9A-F]{2})|(?<=\[[0-9]m)|(?<=\[[0-9]{2}m)|(?<=\\[nrt])"
)
"""What a word may border on besides blanks and signs: an address's first slash, an escape."""
LONGEST_LEAST = 40
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4,12}"


def _lower(length: int) -> str:
    return mixed(length).lower()


def _upper(length: int) -> str:
    return mixed(length).upper()


_EXAMPLES = {_HEX: hexed, _LOWER: _lower, _UPPER: _upper}


def _body_is_varied(match: Match) -> bool:
    body = match["body"]
    if _GOES_ON.match(match.string, match.end()) or match.string.endswith("pk_", 0, match.start()):
        return False
    return is_varied(body) and (has_digit(body) or not (body.islower() or body.isupper()))


def _row(kind: str, prefixes: str, characters: str, least: int, *, tail: str = "", example: str | None = None) -> Rule:
    """A rule for `prefixes`, one of them and then at least so many of the characters, and then `tail`.

    The example is made of the characters, unless it is given."""
    first, *_ = near = tuple(prefixes.split())
    # People paste the beginning of a long token, too; a long prefix is sign enough.
    shortest = min(map(len, near))
    if not tail and example is None and shortest >= 3:
        least = min(least * 3 // 4, LONGEST_LEAST if shortest >= 4 else least)
    beginning = "|".join(map(re.escape, near))
    # What has a tail must not be read to the end of the text again and again.
    most = least + 80 if tail else ""
    pattern = rf"{START}(?P<secret>(?:{beginning})(?P<body>{characters}{{{least},{most}}}+{tail}))"
    body = _EXAMPLES.get(characters, mixed)(least + 4) if example is None else example
    return _make(kind, near, pattern, f"key «{first}{body}»", first + "x" * least, check=_body_is_varied)


def _inner_row(kind: str, marks: str, before: str, after: str, *, example: str) -> Rule:
    """A rule for a credential whose mark stands in its midst.

    `before` is what leads up to the mark, at most 96 characters.
    """
    near = tuple(marks.split())
    pattern = rf"(?P<secret>(?:{'|'.join(map(re.escape, near))}){after})(?![\w+=-]|/[A-Za-z0-9+/]{{24}})"
    rule = _make(kind, near, pattern, f"key «{example}»", f"{near[0]} by itself", check=None)
    return replace(rule, lead=re.compile(rf"(?:(?<![\w+/-])|{_BOUNDS})(?:{before})\Z", re.ASCII))


def _make(kind: str, near: tuple[str, ...], pattern: str, goes: str, stays: str, *, check: Check | None) -> Rule:
    return Rule(kind, near, pattern, goes, stays, check, any_case=False, by_place=False)


def _wif_row() -> Rule:
    """A rule for Bitcoin's private keys, which have no prefix but the little that the leading byte leaves open."""
    near = ("Kw", "Kx", "Ky", "Kz", "L1", "L2", "L3", "L4", "L5", "5H", "5J", "5K")
    base58 = "[1-9A-HJ-NP-Za-km-z]"
    pattern = rf"(?<![A-Za-z0-9+/_-])(?P<secret>(?P<body>[KL]{base58}{{51}}|5[HJK]{base58}{{49}}))(?![\w+/=-])"
    example = "L1" + mixed(80).translate(str.maketrans("", "", "0OIl"))[:50]
    return _make("wallet_key", near, pattern, f"key «{example}»", example[:30], check=_body_is_varied)


def _uuid_row(kind: str, prefixes: str) -> Rule:
    """A rule for `prefixes`, one of them and then a UUID."""
    first, *_ = near = tuple(prefixes.split())
    pattern = rf"{START}(?P<secret>(?:{'|'.join(map(re.escape, near))})(?P<body>{_UUID}))"
    uuid = "-".join((hexed(8), hexed(4), "4a1b", "8c2d", hexed(12)))
    return _make(kind, near, pattern, f"«{first}{uuid}»", first, check=_body_is_varied)


VENDORS: tuple[Rule, ...] = (
    # discord.com/developers: the bot's id in base64, a time, a signature
    _row(
        "discord_bot_token",
        "MT Mj Mz ND NT Nj Nz OD OT",
        r"[A-Za-z0-9_-]",
        20,
        tail=r"\.[\w-]{5,8}\.[\w-]{25,44}",
        example="A" + mixed(22) + ".Gx3fT2." + mixed(38),
    ),
    # Clouds and hosting
    _row("aws_bedrock_key", "ABSK", _BASE64, 90),
    _row("aws_session_token", "IQoJb3JpZ2lu FwoGZXIvYXdz FQoGZXIvYXdz", r"[\w+/=%-]", 80),
    _uuid_row("aws_mws_token", "amzn.mws."),
    _row("aws_appsync_key", "da2-", _LOWER, 22),
    _inner_row("azure_client_secret", "7Q~ 8Q~", r"[\w.~-]{3}", r"[\w.~-]{28,40}", example="abc8Q~" + mixed(34)),
    _inner_row(
        "azure_devops_token", "AZDO", r"[A-Za-z0-9]{68,84}", r"[A-Za-z0-9]{0,8}", example=mixed(76) + "AZDO" + mixed(4)
    ),
    _inner_row(
        "azure_key",
        "AzFu AzSe AzCa ACDb ACRA +ACR +ASb +AEh +AIoT AIoT ASbE AEhS AACS ASt",
        r"[A-Za-z0-9+/_-]{30,90}",
        r"[A-Za-z0-9+/_-]{4,10}={0,2}",
        example=mixed(42) + "AzSe" + mixed(6),
    ),
    _inner_row(
        "azure_openai_key",
        "JQQJ99",
        r"[A-Za-z0-9]{40,56}",
        r"[A-Za-z0-9]{20,40}",
        example=mixed(52) + "JQQJ99" + mixed(26),
    ),
    _row(
        "infisical_token",
        "st.",
        r"[0-9a-f]{24}\.",
        1,
        tail=r"[0-9a-f]{32}\.[0-9a-f]{32}",
        example=hexed(24) + "." + hexed(32) + "." + hexed(32),
    ),
    _row("vercel_token", "vercel_blob_rw_", _WORD, 40),
    _row("cursor_key", "key_", _HEX, 64),
    _row("confluent_secret", "cflt", r"[A-Za-z0-9+/]", 60),
    _row("woocommerce_key", "cs_ ck_", _HEX, 38),
    _row("aiven_password", "AVNS_", _WORD, 14),
    _row("linode_token", "lnd_", _ALNUM, 40),
    _row("scalingo_token", "tk-us-", _WORD, 40),
    _row("openshift_token", "sha256~", _WORD, 38),
    _row("cockroach_api_key", "CCDB1_", r"[\w]", 30),
    _row("tailscale_key", "tskey-auth- tskey-api- tskey-client- tskey-webhook- tskey-scim-", r"[\w-]", 16),
    _row("alibaba_access_key_id", "LTAI", _ALNUM, 12),
    _row("tencent_secret_id", "AKID", _ALNUM, 32),
    _row("scaleway_access_key", "SCW", _UPPER, 17),
    _row("heroku_api_key", "HRKU-", _WORD, 36),
    _row("cloudflare_token", "v1.0- cfut_ cfat_ cfk_", _WORD, 40),
    _row("fly_token", "fm1r_ fm1a_ fm2_ fo1_", _BASE64, 40),
    _row("vercel_token", "vcp_ vci_ vca_ vcr_ vck_", _ALNUM, 24),
    _row("netlify_token", "nfp_ nfc_ nfo_ nfu_", _ALNUM, 36),
    _row("supabase_key", "sbp_ sb_secret_ sbp_oauth_", _WORD, 30),
    _row("planetscale_token", "pscale_tkn_ pscale_pw_ pscale_oauth_", r"[\w.=-]", 30),
    _row("neon_api_key", "napi_", _LOWER, 60),
    _row("render_api_key", "rnd_", _ALNUM, 28),
    _row("databricks_token", "dapi", _HEX, 32, tail=r"(?:-[0-9])?+"),
    _row("mongodb_atlas_secret", "mdb_sa_sk_", _WORD, 30),
    _row("yandex_key", "AQVN", _WORD, 35),
    _row("ibm_cloud_key", "ApiKey-", _WORD, 36),
    # cloud.google.com HMAC keys: the access id; GOOG1E for service accounts
    _row("google_hmac_key_id", "GOOG", _UPPER, 40),
    _row("volcengine_access_key_id", "AKLT AKTP", _ALNUM, 30),
    _row("jdcloud_access_key", "JDC_", _UPPER, 26),
    _row("exoscale_key", "EXO", _HEX, 24),
    _row("upcloud_token", "ucat_", _UPPER, 24),
    _row("deno_deploy_token", "ddp_ ddo_ ddw_", _ALNUM, 34),
    _row("neon_password", "npg_", _ALNUM, 12),
    _row("xata_key", "xau_", _ALNUM, 32),
    _row("porkbun_secret", "sk1_", _HEX, 60),
    _row("dnsimple_token", "dnsimple_a_ dnsimple_u_", _ALNUM, 30),
    _row("amazon_login_token", "Atza| Atzr|", _BASE64, 60),
    _row("amazon_login_secret", "amzn1.oa2-cs.v1.", _HEX, 64),
    # developers.cloudflare.com/turnstile, docs.hcaptcha.com: the secret half; the site's half is shorter, or a UUID
    _row("turnstile_secret", "0x4AAAAAA", _WORD, 26),
    _row("hcaptcha_secret", "ES_", _HEX, 32),
    # docs.docker.com/engine/swarm, docs.k3s.io, docs.portainer.io
    _row("swarm_join_token", "SWMTKN-1-", r"[0-9a-z-]", 60, example=_lower(49) + "-" + _lower(25)),
    _row("k3s_token", "K10", _HEX, 64, tail=r"::\w{1,32}:[\w.-]{16,}+", example=hexed(64) + "::server:" + hexed(32)),
    _row("portainer_token", "ptr_", _BASE64, 40),
    _row("netbird_token", "nbp_", _ALNUM, 36),
    # Models
    _row("llamacloud_key", "llx-", _ALNUM, 40),
    _row("runpod_key", "rpa_", _ALNUM, 36),
    _row("cartesia_key", "sk_car_", _WORD, 20),
    _row("nomic_key", "nk-", _WORD, 40),
    _row("brave_search_key", "BSA", _WORD, 27),
    _row("daytona_key", "dtn_", _HEX, 60),
    _row(
        "helicone_key",
        "sk-helicone- pk-helicone-",
        r"[a-z0-9-]",
        26,
        example=mixed(8).lower() + "-" + mixed(7).lower() + "-" + mixed(7).lower() + "-" + mixed(7).lower(),
    ),
    _row("gemini_key", "AQ.Ab8", _WORD, 30),
    _row("e2b_key", "e2b_", _HEX, 36),
    _row("firecrawl_key", "fc-", _HEX, 28),
    _row("apify_token", "apify_api_", _ALNUM, 30),
    _row("voyage_key", "pa-", _WORD, 38),
    _row("browserbase_key", "bb_live_", _WORD, 24),
    _row("aimlapi_key", "sk-ws-01- sk-svcacct- sk-None-", _WORD, 30),
    _row("groq_api_key", "gsk_", _ALNUM, 48),
    _row("xai_api_key", "xai-", _ALNUM, 60),
    _row("replicate_token", "r8_", _ALNUM, 36),
    _row("perplexity_api_key", "pplx-", _ALNUM, 40),
    _row("fireworks_api_key", "fw_", _ALNUM, 22),
    _row("cerebras_api_key", "csk-", _ALNUM, 40),
    _row("nvidia_api_key", "nvapi-", _WORD, 50),
    _row("langsmith_api_key", "lsv2_pt_ lsv2_sk_", r"[0-9a-f_]", 32, example=hexed(43)),
    _row("tavily_api_key", "tvly-", _WORD, 30),
    _row("pinecone_api_key", "pcsk_", _WORD, 50),
    _row("jina_api_key", "jina_", _WORD, 50),
    _row("elevenlabs_api_key", "sk_", _HEX, 48),
    _row("together_api_key", "tgp_v1_", _WORD, 40),
    _row("wandb_api_key", "wandb_v1_", _WORD, 40),
    _uuid_row("langfuse_secret_key", "sk-lf-"),
    # Code, packages, delivery
    _row("gitlab_registration_token", "GR1348941", _WORD, 18),
    _row(
        "gitlab_token",
        "glcbt- glptt- glft- glsoat- glimt- glagent- gloas- gldt- glrt- glrtr- glwt- glffct-",
        r"[\w.-]",
        16,
    ),
    _row("gitea_token", "gta_", _ALNUM, 36),
    _row("packagist_token", "packagist_ack_ packagist_oup_ packagist_opp_ packagist_uut_ packagist_out_", _HEX, 60),
    _inner_row(
        "terraform_token",
        ".atlasv1.",
        r"[A-Za-z0-9]{13,14}",
        r"[\w-]{50,80}",
        example=mixed(14) + ".atlasv1." + mixed(67),
    ),
    _row("octopus_api_key", "API-", _UPPER, 24),
    _row(
        "harness_token",
        "pat. sat.",
        r"[\w-]{20,24}\.[0-9a-f]{24}\.",
        1,
        tail=r"[A-Za-z0-9]{14,24}",
        example=mixed(22) + "." + hexed(24) + "." + mixed(20),
    ),
    _row("teamcity_token", "eyJ0eXAiOiAiVENWMiJ9.", r"[\w.-]", 36),
    _row("artifactory_reference", "cmVmdGtu", _ALNUM, 50),
    _row("dbt_token", "dbtc_ dbts_ dbtu_", r"[\w+/=-]", 30),
    _row("pulumi_token", "pul-", _HEX, 36),
    _row("nx_cloud_token", "nxt_", _WORD, 30),
    _row("codeship_netlify_token", "vcs_pat_ ghe_pat_", _ALNUM, 30),
    _row("atlassian_token", "ATATT3 ATCTT3 ATBB ATOA", _BASE64, 28),
    _row("docker_token", "dckr_pat_ dckr_oat_", _WORD, 20),
    _row("artifactory_token", "AKCp cmVmdGtu", _ALNUM, 60),
    _row("rubygems_token", "rubygems_", _HEX, 42),
    _row("crates_token", "cio", _ALNUM, 32),
    _row("nuget_api_key", "oy2", _LOWER, 43),
    _row("clojars_token", "CLOJARS_", _LOWER, 60),
    _row("circleci_token", "CCIPAT_ CCIPRJ_", r"[\w]", 40),
    _row("buildkite_token", "bkua_ bkct_ bkaj_", _ALNUM, 36),
    _row("sonar_token", "sqp_ squ_ sqa_", _HEX, 40),
    _row("sourcegraph_token", "sgp_ slk_", r"[\w]", 40),
    _row("vault_token", "hvs. hvb. hvr.", _WORD, 24),
    _row("doppler_token", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", r"[\w.-]", 36),
    _row("onepassword_token", "ops_eyJ", _BASE64, 40),
    _row("infracost_token", "ico-", _ALNUM, 32),
    _row("snyk_token", "snyk_uat. snyk_sat.", r"[\w.-]", 30),
    _row("readme_api_key", "rdme_", _LOWER, 60),
    _row("prefect_api_key", "pnu_ pnb_", _ALNUM, 36),
    _row("postman_api_key", "PMAK-", r"[0-9a-f-]", 40, example=hexed(24) + "-" + hexed(34)),
    _row("depscan_token", "sktsec_", _WORD, 36),
    _row("inngest_key", "signkey-prod- signkey-test- signkey-branch-", _HEX, 32),
    _row("trigger_key", "tr_prod_ tr_dev_ tr_stg_ tr_pat_", _ALNUM, 20),
    _row("n8n_key", "n8n_api_", _WORD, 36),
    _row("unkey_key", "unkey_", _ALNUM, 20),
    # Watching
    _uuid_row("axiom_token", "xaat- xapt-"),
    _row("coralogix_key", "cxtp_ cxup_", _ALNUM, 28),
    _row("honeybadger_token", "hbp_", _ALNUM, 30),
    _row("rootly_key", "rootly_", _HEX, 60),
    _row("grafana_token", "eyJrIjoi", r"[A-Za-z0-9+/=]", 70),
    _inner_row(
        "newrelic_license_key",
        "NRAL",
        r"[0-9a-f]{36}|eu01xx[0-9a-f]{26,30}(?:FFFF)?|[0-9a-f]{32}FFFF",
        r"",
        example=hexed(36) + "NRAL",
    ),
    _uuid_row("launchdarkly_sdk_key", "sdk- api- mob-"),
    _row(
        "dynatrace_token",
        "dt0c02. dt0s02. dt0s03. dt0s04. dt0s08. dt0s09.",
        r"[0-9A-Z.]",
        40,
        example=mixed(24).upper() + "." + mixed(64).upper(),
    ),
    _row("statuspage_betterstack_key", "bs_", _ALNUM, 40),
    _row("grafana_token", "glc_ glsa_", _BASE64, 32),
    _row("newrelic_key", "NRAK- NRII- NRJS- NRRA- NRIQ-", _WORD, 19),
    _row("sentry_token", "sntrys_ sntryu_", _BASE64, 40),
    _row("dynatrace_token", "dt0c01. dt0s01. dt0s16.", r"[0-9A-Z.]", 60, example=mixed(64).upper()),
    _row("posthog_key", "phx_ phs_", _ALNUM, 40),
    _row("honeycomb_key", "hcaik_ hcbik_ hcxik_", _ALNUM, 40),
    _row("logfire_token", "pylf_v1_", r"[\w]", 30),
    _row("elastic_token", "essu_", _BASE64, 40),
    # Work
    _row(
        "asana_token",
        "2/ 1/",
        r"(?:[0-9]{10,20}/)?[0-9]{10,20}:",
        1,
        tail=r"[0-9a-f]{28,}+",
        example="8088099569886387/9176455944052850:" + hexed(32),
    ),
    _row("clickup_token", "pk_", r"[0-9]{6,10}_", 1, tail=r"[0-9A-Z]{28,}+", example="06686064_" + mixed(32).upper()),
    _row("frameio_token", "fio-u- fio-k-", r"[\w-]", 56),
    # "tok:" in base64, and then a digit or a letter
    _row("intercom_token", "dG9rOj dG9rOm", _BASE64, 32),
    _row("trello_token", "ATTA", r"[0-9A-Fa-f]", 48, example=hexed(64) + "7E4D4238"),
    _row(
        "salesforce_session",
        "00D",
        r"[A-Za-z0-9]{12,15}!",
        1,
        tail=r"[\w.-]{70,}+",
        example=mixed(12) + "!" + mixed(90),
    ),
    _row("adobe_client_secret", "p8e- p8-", r"[\w-]", 28),
    _row("onepassword_secret_key", "A3-", r"[0-9A-Z-]", 30, example="ASWWYB-798JRY-LJVD4-23DC2-86TVM-H43EB"),
    _row("pinterest_token", "pina_", _ALNUM, 36),
    _row("instagram_token", "IGQV IGAA", _WORD, 60),
    _row("facebook_token", "EAA", _ALNUM, 120),
    _row("linkedin_token", "AQV AQU AQX WPL_AP1.", r"[\w.=-]", 60),
    _row("linkedin_secret", "WPL_AP0. WPL_AP1.", r"[\w.=]", 16),
    _row("duffel_token", "duffel_live_ duffel_test_", _WORD, 38),
    _row("easypost_key", "EZAK EZTK", _ALNUM, 50),
    _row("shippo_token", "shippo_live_ shippo_test_", _HEX, 36),
    _row("mapbox_token", "sk.eyJ1Ijoi", r"[\w.-]", 40),
    _row("adafruit_key", "aio_", _ALNUM, 26),
    _inner_row(
        "firebase_fcm_key",
        ":APA91b",
        r"AAAA[\w-]{7}",
        r"[\w-]{100,160}",
        example="AAAA" + mixed(7) + ":APA91b" + mixed(134),
    ),
    _row("google_oauth_token", "ya29.", r"[\w.-]", 20),
    _row("nostr_secret", "nsec1", _LOWER, 54),
    _inner_row(
        "maxmind_key", "_mmk", r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}", r"", example=mixed(6) + "_" + mixed(29) + "_mmk"
    ),
    _inner_row(
        "mailchimp_key",
        " ".join(f"-us{n}" for n in range(1, 31)),
        r"[0-9a-f]{32}",
        r"[0-9]?",
        example=hexed(32) + "-us12",
    ),
    _row("matrix_token", "syt_", r"[\w=/+-]", 30),
    _row("paddle_key", "pdl_live_apikey_ pdl_sdbx_apikey_ pdl_ntfset_ apikey_01", r"[\w]", 30),
    _row("lob_key", "live_pub_ test_pub_ live_ test_", _HEX, 32),
    _row("klaviyo_key", "pk_", _HEX, 34),
    _row("dropbox_token", "sl.", r"[\w.-]", 120),
    _row("linear_token", "lin_api_ lin_oauth_ lin_wh_", _ALNUM, 32),
    _row("notion_token", "ntn_ secret_", _ALNUM, 40),
    _row("airtable_token", "pat", _ALNUM, 14, tail=r"\.[0-9a-f]{40,}+", example=mixed(14) + "." + hexed(64)),
    _row("figma_token", "figd_ figo_ figu_", _WORD, 36),
    _row("typeform_token", "tfp_", _WORD, 40),
    _row("contentful_token", "CFPAT-", _WORD, 40),
    _row("dropbox_token", "sl.u. sl.B sl.C sl.A", _WORD, 60),
    _row("hubspot_token", "pat-na1- pat-na2- pat-eu1- pat-ap1-", r"[0-9a-f-]", 30, example=hexed(36)),
    _row("mapbox_token", "sk.eyJ", r"[\w.-]", 60),
    _row("openproject_token", "opapi-", _HEX, 40),
    # Money
    _row("square_token", "sq0atp- sq0csp- sq0idp-", _WORD, 22),
    _row("square_token", "EAAA", _WORD, 56),
    _row("shopify_token", "shpat_ shpca_ shppa_ shpss_ shpua_", r"[0-9A-Fa-f]", 26, example=hexed(32)),
    _row("braintree_token", "access_token$production$ access_token$sandbox$", r"[0-9a-z$]", 40, example=hexed(49)),
    _row("adyen_api_key", "AQE", r"[\w+/.^{}()\[\]<>|*&%!=-]", 80),
    _row("flutterwave_key", "FLWSECK_TEST- FLWSECK-", _ALNUM, 12),
    _row("razorpay_key", "rzp_live_ rzp_test_", _ALNUM, 14),
    _row("mollie_key", "live_ test_", _ALNUM, 30),
    _uuid_row("plaid_token", "access-production- access-sandbox- access-development-"),
    # developers.mercadopago.com: application, date, secret, user
    _row(
        "mercadopago_token",
        "APP_USR- TEST-",
        r"[0-9]{10,20}-[0-9]{6}-",
        1,
        tail=r"[0-9a-f]{32}(?:-[0-9]{4,12})?+",
        example="6934588586838432-081519-" + hexed(32) + "-241983636",
    ),
    # github.com/bitcoin/bips 32: extended private keys; WIF: 32 bytes in base58, 0x80 before and a checksum behind
    _row("wallet_key", "xprv yprv zprv tprv", _ALNUM, 100),
    _wif_row(),
    # Mail and messages
    _row("pubnub_secret_key", "sec-c-", _WORD, 36),
    _row("mandrill_key", "md-", _ALNUM, 20),
    _row("onesignal_key", "os_v2_app_ os_v2_org_", _LOWER, 60),
    _row("cal_key", "cal_live_ cal_test_", _HEX, 30),
    _row("stytch_secret", "secret-live- secret-test-", _WORD, 36),
    _row("vk_token", "vk1.a.", _WORD, 60),
    _row("mailersend_key", "mlsn.", _HEX, 40),
    _row("yandex_token", "y0_ y1_ y2_ y3_", _WORD, 36),
    _row("brevo_key", "xkeysib- xsmtpsib-", r"[0-9A-Za-z-]", 40),
    _row("mailgun_key", "key-", _HEX, 32),
    _row("resend_key", "re_", r"[A-Za-z0-9_]", 24),
    _row("facebook_token", "EAAC EAAG EAAB EAAD EAAJ EAAE EAAF EAAH EAAI", _ALNUM, 60),
    _row("twitter_bearer_token", "AAAAAAAAAAAAAAAAAAAAA", r"[\w%]", 40),
)
