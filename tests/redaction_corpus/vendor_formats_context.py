"""The credentials without a mark of their own: only the words around tell what they are, so each brings these along.

`«»` is where the token goes; a context may hold further parts that must go, between « and »."""

import random
from typing import NamedTuple

from tests.redaction_corpus import vendor_formats_make as made
from tests.redaction_corpus.case import BASE64, draw
from tests.redaction_corpus.vendor_formats_make import Spec


class Context(NamedTuple):
    """A kind, how its token is made, and the texts that say what it is."""

    kind: str
    spec: Spec
    texts: tuple[str, ...]


def service_account_key(rng: random.Random) -> str:
    """Return a PKCS #8 key as it stands in JSON, each of its lines a part that must go."""
    body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ" + draw(rng, BASE64, 1572) + "=="
    lines = [f"«{body[at : at + 64]}»" for at in range(0, len(body), 64)]
    return "\\n".join(("-----BEGIN PRIVATE" + " KEY-----", *lines, "-----END PRIVATE" + " KEY-----", ""))


_CLOUD = (
    Context(
        "aws_secret_access_key",
        "{b:40}",
        (
            "AWS_SECRET_ACCESS_KEY=«»",
            "[default]\naws_access_key_id = «AKIA{t:16}»\naws_secret_access_key = «»\nregion = eu-west-1",
            '{"AccessKeyId": "«ASIA{t:16}»", "SecretAccessKey": "«»", "Expiration": "2026-03-04T11:20:00Z"}',
            "export AWS_ACCESS_KEY_ID='«AKIA{t:16}»' AWS_SECRET_ACCESS_KEY='«»'; aws s3 ls s3://acme-raw",
            's3 = boto3.client("s3", aws_secret_access_key="«»", endpoint_url="https://s3.example.com")',
            'provider "aws" {\n  region     = "eu-central-1"\n  secret_key = "«»"\n}',
        ),
    ),
    Context(
        "aws_ses_smtp_password",
        "B{b:43}",
        ("EMAIL_HOST=email-smtp.eu-west-1.amazonaws.com\nEMAIL_HOST_USER=AKIAEXAMPLE\nEMAIL_HOST_PASSWORD=«»",),
    ),
    Context(
        "gcp_service_account",
        service_account_key,
        (
            '{\n  "type": "service_account",\n  "project_id": "acme-shop",\n  "private_key_id": "{h:40}",\n'
            '  "private_key": "«»",\n  "client_email": "ci@acme-shop.iam.gserviceaccount.com"\n}',
            'GOOGLE_CREDENTIALS=\'{"type":"service_account","private_key":"«»","client_id":"{d:21}"}\'',
        ),
    ),
    Context(
        "gemini_key",
        "AQ.Ab8RN6{s:44}",
        ("GEMINI_API_KEY=«»", "curl -H 'x-goog-api-key: «»' https://generativelanguage.googleapis.com/v1beta/models"),
    ),
    Context(
        "azure_storage_account_key",
        "{b:86}==",
        (
            "DefaultEndpointsProtocol=https;AccountName=acmeraw;AccountKey=«»;EndpointSuffix=core.windows.net",
            "AZURE_STORAGE_KEY=«»",
            'az storage blob list --account-name acmeraw --account-key "«»" -c raw',
        ),
    ),
    Context(
        "azure_service_bus_key",
        "{b:43}=",
        (
            "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=«»",
            "HostName=acme.azure-devices.net;DeviceId=pump-7;SharedAccessKey=«»",
        ),
    ),
    Context(
        "azure_sas",
        "{a:21}%2F{a:17}%2B{a:4}%3D",
        (
            "https://acmeraw.blob.core.windows.net/in/a.csv?sv=2022-11-02&st=2026-01-01&se=2027-01-01&sr=b&sp=r&sig=«»",
            "SharedAccessSignature sr=acme.azure-devices.net&sig=«»&se=1793000000&skn=device",
        ),
    ),
    Context(
        "azure_devops_pat_short",
        "{r:52}",
        ("AZURE_DEVOPS_EXT_PAT=«»", "git clone https://build:«»@dev.azure.com/acme/shop/_git/web", "AZDO_TOKEN: «»"),
    ),
    Context(
        "azure_openai_key",
        "{h:32}",
        ("AZURE_OPENAI_API_KEY=«»", "curl -H 'api-key: «»' https://acme.openai.azure.com/"),
    ),
    Context(
        "azure_function_code",
        "{s:54}==",
        ("POST https://acme-jobs.azurewebsites.net/api/import?code=«» HTTP/1.1", "x-functions-key: «»"),
    ),
    Context(
        "alibaba_secret_key",
        "{a:30}",
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET=«»", "[aliyun]\naccess_key_id = «LTAI5t{a:18}»\naccess_key_secret = «»"),
    ),
    Context("tencent_secret_key", "{a:32}", ("TENCENTCLOUD_SECRET_ID=«AKID{a:32}»\nTENCENTCLOUD_SECRET_KEY=«»",)),
    Context("linode_token", "{h:64}", ("LINODE_TOKEN=«»", 'provider "linode" {\n  token = "«»"\n}')),
    Context("vultr_key", "{Z:36}", ("VULTR_API_KEY=«»", "vultr:\n  api_key: «»")),
    Context(
        "hetzner_token", "{a:64}", ("HCLOUD_TOKEN=«»", 'provider "hcloud" {\n  token = "«»"\n}', "hcloud_token: «»")
    ),
    Context(
        "scaleway_secret",
        "{uuid}",
        ("SCW_ACCESS_KEY=SCW{Z:17}\nSCW_SECRET_KEY=«»", "scw:\n  secret_key: «»"),
    ),
    Context("digitalocean_spaces_secret", "{b:43}", ("SPACES_SECRET_ACCESS_KEY=«»",)),
    Context(
        "heroku_key_old",
        "{uuid}",
        ("HEROKU_API_KEY=«»", "machine api.heroku.com\n  login ops@example.com\n  password «»"),
    ),
    Context(
        "cloudflare_token_old",
        "{s:40}",
        ("CLOUDFLARE_API_TOKEN=«»", "CF_API_TOKEN: «»", "cloudflare:\n  api_token: '«»'"),
    ),
    Context(
        "cloudflare_global_key_old",
        "{h:37}",
        ("curl -H 'X-Auth-Email: ops@example.com' -H 'X-Auth-Key: «»' $CF/zones",),
    ),
    Context(
        "vercel_token_old",
        "{a:24}",
        ("VERCEL_TOKEN=«»", "npx vercel deploy --prod --token «»", "vercel pull --token=«»"),
    ),
    Context("netlify_token_old", "{s:43}", ("NETLIFY_AUTH_TOKEN=«»", "netlify deploy --prod --auth «»")),
    Context(
        "oracle_cloud_token", "{b:43}=", ("OCI_CUSTOMER_SECRET_KEY=«»", "docker login fra.ocir.io -u acme/ci -p '«»'")
    ),
    Context(
        "ibm_cloud_key",
        "{s:44}",
        ("IBMCLOUD_API_KEY=«»", "ibmcloud login --apikey «» -r eu-de", '{"name": "ci", "apikey": "«»"}'),
    ),
    Context("exoscale_secret", "{s:43}", ("EXOSCALE_API_KEY=EXO{h:24}\nEXOSCALE_API_SECRET=«»",)),
    Context(
        "ovh_secret", "{h:32}", ("OVH_APPLICATION_SECRET=«»", "[ovh-eu]\napplication_secret=«»\nconsumer_key=«{h:32}»")
    ),
    Context("mongodb_atlas_key", "{uuid}", ("MONGODB_ATLAS_PRIVATE_KEY=«»", "atlas config set private_api_key «»")),
    Context("clickhouse_key", "4b1d{a:38}", ("CLICKHOUSE_CLOUD_SECRET=«»", "clickhouse:\n  key_secret: «»")),
    Context("upstash_token", "A{a:47}A{a:9}==", ("UPSTASH_REDIS_REST_TOKEN=«»",)),
    Context("confluent_secret", "{b:64}", ("CONFLUENT_CLOUD_API_SECRET=«»", "confluent:\n  api_secret: «»")),
    Context("railway_token", "{uuid}", ("RAILWAY_TOKEN=«» railway up --detach",)),
    Context(
        "fastly_token", "{s:32}", ("FASTLY_API_TOKEN=«»", "curl -H 'Fastly-Key: «»' https://api.fastly.com/service")
    ),
)
_MODELS = (
    Context(
        "mistral_key", "{a:32}", ("MISTRAL_API_KEY=«»", 'client = Mistral(api_key="«»")', "mistral:\n  api_key: «»")
    ),
    Context("cohere_key", "{a:40}", ("COHERE_API_KEY=«»", 'co = cohere.Client("«»")', "CO_API_KEY=«»")),
    Context("together_key_old", "{h:64}", ("TOGETHER_API_KEY=«»", 'Together(api_key="«»")')),
    Context("voyage_key", "pa-{s:43}", ("VOYAGE_API_KEY=«»", 'voyageai.Client(api_key="«»")')),
    Context(
        "deepgram_key",
        "{h:40}",
        ("DEEPGRAM_API_KEY=«»", "curl -H 'Authorization: Token «»' https://api.deepgram.com/v1/listen"),
    ),
    Context("assemblyai_key", "{h:32}", ("ASSEMBLYAI_API_KEY=«»", 'aai.settings.api_key = "«»"')),
    Context(
        "wandb_key",
        "{h:40}",
        ("WANDB_API_KEY=«»", "wandb login «»", "machine api.wandb.ai\n  login user\n  password «»"),
    ),
    Context("exa_key", "{uuid}", ("EXA_API_KEY=«»",)),
    Context("zhipu_key", "{h:32}.{a:16}", ("ZHIPUAI_API_KEY=«»", 'ZhipuAI(api_key="«»")')),
)
_CODE_HOSTS_AND_CHAT = (
    Context(
        "gitea_token",
        "{h:40}",
        ("GITEA_TOKEN=«»", "curl -H 'Authorization: token «»' https://gitea.example.com/api/v1/user"),
    ),
    Context(
        "github_client_secret",
        "{h:40}",
        ("GITHUB_CLIENT_SECRET=«»", "github:\n  client_id: Iv1.{h:16}\n  client_secret: «»"),
    ),
    Context("bitbucket_client_secret", "{s:64}", ("BITBUCKET_CLIENT_SECRET=«»",)),
    Context("slack_signing_secret", "{h:32}", ("SLACK_SIGNING_SECRET=«»", 'App(signing_secret="«»")')),
    Context(
        "slack_cookie",
        "xoxd-{a:60}%2F{a:40}%3D",
        ("curl -b 'd=«»' https://acme.slack.com/api/auth.test", "SLACK_COOKIE_D=«»"),
    ),
    Context("discord_client_secret", "{s:32}", ("DISCORD_CLIENT_SECRET=«»",)),
    Context(
        "mattermost_token",
        "{z:26}",
        ("MATTERMOST_TOKEN=«»", "mmctl auth login https://chat.example.com --access-token «»"),
    ),
    Context(
        "twilio_auth_token",
        "{h:32}",
        ("TWILIO_AUTH_TOKEN=«»", 'Client("AC{h:32}", "«»")', "curl -u AC{h:32}:«» https://api.twilio.com/2010-04-01"),
    ),
    Context("zoom_secret", "{a:32}", ("ZOOM_CLIENT_SECRET=«»", "zoom:\n  account_id: {s:22}\n  client_secret: «»")),
    Context("line_token", "{b:171}=", ("LINE_CHANNEL_ACCESS_TOKEN=«»", 'LineBotApi("«»")')),
    Context("line_channel_secret", "{h:32}", ("LINE_CHANNEL_SECRET=«»",)),
    Context(
        "power_automate_webhook",
        "{s:43}",
        ("https://prod-12.westeurope.logic.azure.com/workflows/{h:32}/run?sp=%2Frun&sig=«»",),
    ),
)
_PAYMENT_AND_MAIL = (
    Context(
        "paypal_secret",
        "E{s:79}",
        ("PAYPAL_CLIENT_SECRET=«»", "curl -u A{s:79}:«» https://api-m.paypal.com/v1/oauth2/token"),
    ),
    Context("braintree_private_key", "{h:32}", ("BRAINTREE_PRIVATE_KEY=«»", "braintree:\n  private_key: «»")),
    Context(
        "adyen_key",
        "AQE{c:1}hmfu{b:100}-{b:43}=-{a:16}",
        ("ADYEN_API_KEY=«»", "curl -H 'X-API-Key: «»' https://checkout-test.adyen.com"),
    ),
    Context("razorpay_secret", "{a:24}", ("RAZORPAY_KEY_SECRET=«»", 'razorpay.Client(auth=("rzp_live_{a:14}", "«»"))')),
    Context(
        "plaid_secret",
        "{h:30}",
        ("PLAID_SECRET=«»", '{"client_id": "{h:24}", "secret": "«»", "institution": "ins_3"} # plaid'),
    ),
    Context("coinbase_secret", "{a:32}", ("COINBASE_API_SECRET=«»",)),
    Context(
        "postmark_token",
        "{uuid}",
        ("POSTMARK_SERVER_TOKEN=«»", "curl -H 'X-Postmark-Server-Token: «»' https://api.postmarkapp.com/email"),
    ),
    Context(
        "mailgun_private_key",
        "{h:32}-{h:8}-{h:8}",
        ("MAILGUN_API_KEY=«»", "curl -u 'api:«»' https://api.mailgun.net/v3/example.com"),
    ),
    Context("sparkpost_key", "{h:40}", ("SPARKPOST_API_KEY=«»",)),
    Context("mailjet_secret", "{h:32}", ("MJ_APIKEY_PUBLIC={h:32}\nMJ_APIKEY_PRIVATE=«»", "MAILJET_SECRET_KEY=«»")),
)
_BUILDS_AND_MONITORING = (
    Context(
        "npm_legacy_token",
        "{uuid}",
        (
            "//registry.npmjs.org/:_authToken=«»",
            "@acme:registry=https://npm.example.com/\n//npm.example.com/:_authToken=«»",
        ),
    ),
    Context(
        "circleci_token_old", "{h:40}", ("CIRCLE_TOKEN=«»", "curl -H 'Circle-Token: «»' https://circleci.com/api/v2/me")
    ),
    Context("travis_token", "{a:22}", ("TRAVIS_API_TOKEN=«»", "travis login --com --token «»")),
    Context(
        "drone_token", "{a:32}", ("DRONE_TOKEN=«»", "export DRONE_SERVER=https://ci.example.com\nexport DRONE_TOKEN=«»")
    ),
    Context(
        "jenkins_token",
        "11{h:32}",
        ("curl -X POST -u deploy:«» https://jenkins.example.com/job/web/build", "JENKINS_API_TOKEN=«»"),
    ),
    Context(
        "vault_token_old",
        "s.{a:24}",
        ("VAULT_TOKEN=«»", "vault login «»", "curl -H 'X-Vault-Token: «»' https://vault.example.com/v1/sys"),
    ),
    Context("snyk_token", "{uuid}", ("SNYK_TOKEN=«»", "snyk auth «»")),
    Context("codecov_token", "{uuid}", ("CODECOV_TOKEN=«»", "bash <(curl -s https://codecov.io/bash) -t «»")),
    Context(
        "datadog_api_key",
        "{h:32}",
        (
            "DD_API_KEY=«»",
            "datadog:\n  api_key: «»",
            "curl -H 'DD-API-KEY: «»' https://api.datadoghq.eu/api/v1/validate",
        ),
    ),
    Context(
        "datadog_app_key", "{h:40}", ("DD_APP_KEY=«»", "DATADOG_APPLICATION_KEY: «»", "-H 'DD-APPLICATION-KEY: «»'")
    ),
    Context("launchdarkly_key", "api-{uuid}", ("LAUNCHDARKLY_ACCESS_TOKEN=«»",)),
    Context(
        "launchdarkly_sdk_key", "sdk-{uuid}", ("LAUNCHDARKLY_SDK_KEY=«»", 'ldclient.set_config(Config(sdk_key="«»"))')
    ),
    Context("honeycomb_key_old", "{a:22}", ("HONEYCOMB_API_KEY=«»", "OTEL_EXPORTER_OTLP_HEADERS=x-honeycomb-team=«»")),
    Context(
        "pagerduty_key",
        "u+{s:18}",
        ("PAGERDUTY_API_KEY=«»", "curl -H 'Authorization: Token token=«»' https://api.pagerduty.com/users"),
    ),
    Context(
        "pagerduty_routing_key", "{h:32}", ('{"routing_key": "«»", "event_action": "trigger", "client": "pagerduty"}',)
    ),
    Context(
        "splunk_hec_token",
        "{uuid}",
        (
            "SPLUNK_HEC_TOKEN=«»",
            "curl -H 'Authorization: Splunk «»' https://splunk.example.com:8088/services/collector",
        ),
    ),
    Context("rollbar_token", "{h:32}", ("ROLLBAR_ACCESS_TOKEN=«»", 'rollbar.init("«»", "production")')),
    Context(
        "sentry_token_old", "{h:64}", ("SENTRY_AUTH_TOKEN=«»", "[auth]\ntoken=«»\n[defaults]\nurl=https://sentry.io")
    ),
    Context(
        "elastic_api_key",
        "{a:58}==",
        ("ELASTIC_API_KEY=«»", "curl -H 'Authorization: ApiKey «»' https://es.example.com:9200/_cat"),
    ),
    Context(
        "opsgenie_key",
        "{uuid}",
        ("OPSGENIE_API_KEY=«»", "curl -H 'Authorization: GenieKey «»' https://api.opsgenie.com/v2/alerts"),
    ),
    Context("sumologic_key", "{a:64}", ("SUMO_ACCESS_ID=su{a:12}\nSUMO_ACCESS_KEY=«»",)),
    Context("newrelic_insights_key", "{h:40}", ("NEW_RELIC_LICENSE_KEY=«»", "newrelic:\n  license_key: '«»'")),
)
_WORK_AND_MISC = (
    Context(
        "atlassian_token_old",
        "{a:24}",
        ("JIRA_API_TOKEN=«»", "curl -u ops@example.com:«» https://acme.atlassian.net/rest/api/3/myself"),
    ),
    Context("airtable_key_old", "key{a:14}", ("AIRTABLE_API_KEY=«»", "airtable:\n  api_key: «»")),
    Context(
        "zendesk_token",
        "{a:40}",
        ("ZENDESK_API_TOKEN=«»", "curl -u ops@example.com/token:«» https://acme.zendesk.com/api/v2/tickets.json"),
    ),
    Context(
        "okta_token",
        "00{s:40}",
        ("OKTA_API_TOKEN=«»", "curl -H 'Authorization: SSWS «»' https://acme.okta.com/api/v1/users"),
    ),
    Context(
        "auth0_client_secret",
        "{s:64}",
        ("AUTH0_DOMAIN=acme.eu.auth0.com\nAUTH0_CLIENT_SECRET=«»", 'auth0:\n  clientSecret: "«»"'),
    ),
    Context(
        "salesforce_token",
        "{a:24}",
        ("SALESFORCE_SECURITY_TOKEN=«»", 'Salesforce(username="ops@example.com", security_token="«»")'),
    ),
    Context(
        "algolia_admin_key",
        "{h:32}",
        ("ALGOLIA_ADMIN_KEY=«»", 'algoliasearch("{Z:10}", "«»") // admin key', "-H 'X-Algolia-API-Key: «»'"),
    ),
    Context("asana_client_secret", "{h:32}", ("ASANA_CLIENT_SECRET=«»",)),
    Context("todoist_token", "{h:40}", ("TODOIST_API_TOKEN=«»",)),
    Context(
        "ngrok_token",
        "2{a:26}_{a:21}",
        ("NGROK_AUTHTOKEN=«»", "ngrok config add-authtoken «»", 'version: "2"\nauthtoken: «»  # ngrok'),
    ),
    Context(
        "facebook_app_secret",
        "{h:32}",
        (
            "FACEBOOK_APP_SECRET=«»",
            "GET https://graph.facebook.com/oauth/access_token?client_id={d:15}&client_secret=«»",
        ),
    ),
    Context("twitter_access_token", "{d:19}-{a:30}", ("TWITTER_ACCESS_TOKEN=«»\nTWITTER_ACCESS_SECRET=«{a:45}»",)),
    Context("twitter_api_secret", "{a:50}", ("TWITTER_API_SECRET=«»", "twitter:\n  consumer_secret: «»")),
    Context("linkedin_secret", "WPL_AP1.{a:16}.{a:6}==", ("LINKEDIN_CLIENT_SECRET=«»",)),
    Context("twitch_secret", "{z:30}", ("TWITCH_CLIENT_SECRET=«»", "twitch token oauth:«»")),
    Context("spotify_secret", "{h:32}", ("SPOTIPY_CLIENT_SECRET=«»", "spotify:\n  client_secret: «»")),
    Context(
        "ethereum_private_key",
        "0x{h:64}",
        (
            "ETH_PRIVATE_KEY=«»",
            "forge script Deploy --private-key «» --broadcast",
            'accounts: ["«»"] // hardhat deployer private key',
        ),
    ),
    Context(
        "wireguard_private_key",
        "{b:42}E=",
        (
            "[Interface]\nPrivateKey = «»\nAddress = 10.8.0.2/32",
            "[Peer]\nPublicKey = {b:42}A=\nPresharedKey = «»\nEndpoint = vpn.example.com:51820",
        ),
    ),
    Context("bitcoin_wif", made.bitcoin_wif, ("bitcoin-cli importprivkey «» hot", "BTC_WALLET_PRIVATE_KEY=«»")),
    Context(
        "artifactory_identity_token",
        "{a:64}",
        ("JFROG_ACCESS_TOKEN=«»", "curl -H 'X-JFrog-Art-Api: «»' https://acme.jfrog.io/artifactory/api/ping"),
    ),
    Context("rapidapi_key", "{h:10}msh{h:15}p{h:6}jsn{h:12}", ("X-RapidAPI-Key: «»", "RAPIDAPI_KEY=«»")),
)
CONTEXTS = (
    *(*_CLOUD, *_MODELS, *_CODE_HOSTS_AND_CHAT, *_PAYMENT_AND_MAIL),
    *(*_BUILDS_AND_MONITORING, *_WORK_AND_MISC),
)
