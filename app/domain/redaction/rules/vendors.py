"""More credentials known by their own prefix, a vendor a row: the forms that the vendors publish, or print in their
documentation. What stands behind the prefix is given by its characters and its least length, a little under the real
one where that is fixed, because texts get cut off.
"""

import re

from app.domain.redaction.rules.rule import START, Match, Rule, hexed, mixed
from app.domain.redaction.values import is_varied

_ALNUM, _WORD, _HEX, _LOWER, _UPPER = r"[A-Za-z0-9]", r"[\w-]", r"[0-9a-f]", r"[0-9a-z]", r"[0-9A-Z]"
_BASE64 = r"[\w+/=-]"
_NO_BASE64 = r"(?![+/])"
"""A long run of base64 has every short prefix in it somewhere; there it goes on behind a plus or a slash."""
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def _lower(length: int) -> str:
    return mixed(length).lower()


def _upper(length: int) -> str:
    return mixed(length).upper()


_EXAMPLES = {_HEX: hexed, _LOWER: _lower, _UPPER: _upper}


def _body_is_varied(match: Match) -> bool:
    return is_varied(match["body"])


def _row(kind: str, prefixes: str, characters: str, least: int, *, tail: str = "", example: str = "") -> Rule:
    """A rule for `prefixes`, one of them and then at least so many of the characters, and then `tail`.

    The example is made of the characters, unless it is given."""
    first, *_ = near = tuple(prefixes.split())
    beginning = "|".join(map(re.escape, near))
    pattern = rf"{START}(?P<secret>(?:{beginning})(?P<body>{characters}{{{least},}}+){tail}){_NO_BASE64}"
    body = example or _EXAMPLES.get(characters, mixed)(least + 4)
    return Rule(
        kind,
        near,
        re.compile(pattern, re.ASCII),
        f"key «{first}{body}»",
        first + "x" * least,
        _body_is_varied,
        any_case=False,
        by_place=False,
    )


def _uuid_row(kind: str, prefixes: str) -> Rule:
    """A rule for `prefixes`, one of them and then a UUID."""
    first, *_ = near = tuple(prefixes.split())
    pattern = rf"{START}(?P<secret>(?:{'|'.join(map(re.escape, near))})(?P<body>{_UUID}))"
    uuid = "-".join((hexed(8), hexed(4), "4a1b", "8c2d", hexed(12)))
    return Rule(
        kind,
        near,
        re.compile(pattern, re.ASCII),
        f"«{first}{uuid}»",
        first,
        _body_is_varied,
        any_case=False,
        by_place=False,
    )


VENDORS: tuple[Rule, ...] = (
    # Clouds and hosting
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
    # Models
    _row("groq_api_key", "gsk_", _ALNUM, 48),
    _row("xai_api_key", "xai-", _ALNUM, 60),
    _row("replicate_token", "r8_", _ALNUM, 36),
    _row("perplexity_api_key", "pplx-", _ALNUM, 40),
    _row("fireworks_api_key", "fw_", _ALNUM, 22),
    _row("cerebras_api_key", "csk-", _ALNUM, 40),
    _row("nvidia_api_key", "nvapi-", _WORD, 50),
    _row("langsmith_api_key", "lsv2_pt_ lsv2_sk_", r"[0-9a-f_]", 40, example=hexed(43)),
    _row("tavily_api_key", "tvly-", _WORD, 30),
    _row("pinecone_api_key", "pcsk_", _WORD, 50),
    _row("jina_api_key", "jina_", _ALNUM, 50),
    _row("elevenlabs_api_key", "sk_", _HEX, 48),
    _row("together_api_key", "tgp_v1_", _WORD, 40),
    _row("wandb_api_key", "wandb_v1_", _WORD, 40),
    _uuid_row("langfuse_secret_key", "sk-lf-"),
    # Code, packages, delivery
    _row("atlassian_token", "ATATT3 ATCTT3 ATBB ATOA", _BASE64, 28),
    _row("docker_token", "dckr_pat_ dckr_oat_", _WORD, 26),
    _row("artifactory_token", "AKCp cmVmdGtu", _ALNUM, 60),
    _row("rubygems_token", "rubygems_", _HEX, 48),
    _row("crates_token", "cio", _ALNUM, 32),
    _row("nuget_api_key", "oy2", _LOWER, 43),
    _row("clojars_token", "CLOJARS_", _LOWER, 60),
    _row("circleci_token", "CCIPAT_ CCIPRJ_", r"[\w]", 40),
    _row("buildkite_token", "bkua_ bkct_ bkaj_", _ALNUM, 36),
    _row("sonar_token", "sqp_ squ_ sqa_", _HEX, 40),
    _row("sourcegraph_token", "sgp_ slk_", r"[\w]", 40),
    _row("pulumi_token", "pul-", _HEX, 40),
    _row("vault_token", "hvs. hvb. hvr.", _WORD, 24),
    _row("doppler_token", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", r"[\w.-]", 36),
    _row("onepassword_token", "ops_eyJ", _BASE64, 40),
    _row("infracost_token", "ico-", _ALNUM, 32),
    _row("snyk_token", "snyk_uat. snyk_sat.", r"[\w.-]", 30),
    _row("readme_api_key", "rdme_", _LOWER, 60),
    _row("prefect_api_key", "pnu_ pnb_", _ALNUM, 36),
    _row("postman_api_key", "PMAK-", r"[0-9a-f-]", 40, example=hexed(24) + "-" + hexed(34)),
    # Watching
    _row("grafana_token", "glc_ glsa_", _BASE64, 32),
    _row("newrelic_key", "NRAK- NRII- NRJS- NRRA- NRIQ-", _ALNUM, 19),
    _row("sentry_token", "sntrys_ sntryu_", _BASE64, 40),
    _row("dynatrace_token", "dt0c01. dt0s01. dt0s16.", r"[0-9A-Z.]", 60, example=mixed(64).upper()),
    _row("posthog_key", "phx_ phs_", _ALNUM, 40),
    _row("honeycomb_key", "hcaik_ hcbik_ hcxik_", _ALNUM, 40),
    _row("logfire_token", "pylf_v1_", r"[\w]", 30),
    _row("elastic_token", "essu_", _BASE64, 40),
    # Work
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
    _row("shopify_token", "shpat_ shpca_ shppa_ shpss_ shpua_", r"[0-9A-Fa-f]", 32, example=hexed(32)),
    _row("braintree_token", "access_token$production$ access_token$sandbox$", r"[0-9a-z$]", 40, example=hexed(49)),
    _row("adyen_api_key", "AQE", r"[\w+/.^{}()\[\]<>|*&%!=-]", 80),
    _row("flutterwave_key", "FLWSECK_TEST- FLWSECK-", _ALNUM, 12),
    _row("razorpay_key", "rzp_live_ rzp_test_", _ALNUM, 14),
    _row("mollie_key", "live_ test_", _ALNUM, 30),
    _uuid_row("plaid_token", "access-production- access-sandbox- access-development-"),
    # Mail and messages
    _row("brevo_key", "xkeysib- xsmtpsib-", r"[0-9A-Za-z-]", 60),
    _row("mailgun_key", "key-", _HEX, 32),
    _row("resend_key", "re_", r"[A-Za-z0-9_]", 24),
    _row("facebook_token", "EAAC EAAG EAAB EAAD EAAJ EAAE EAAF EAAH EAAI", _ALNUM, 60),
    _row("twitter_bearer_token", "AAAAAAAAAAAAAAAAAAAAA", r"[\w%]", 40),
)
