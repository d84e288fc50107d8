"""Identifiers, digests and lock files: long and random to look at, and known to everyone."""

IDS: dict[str, str] = {
    "uuid_ids": r"""
order ⟦uuid⟧ was shipped on ⟦date⟧, customer ⟦uuid⟧
~~~
{"id": "⟦uuid⟧", "parent_id": "⟦uuid⟧", "status": "⟦pick:open|closed|held⟧"}
~~~
SELECT * FROM jobs WHERE job_id = '⟦uuid⟧' OR batch_id = '⟦uuid⟧';
~~~
HKEY_CLASSES_ROOT\CLSID\{⟦HEX:8⟧-⟦HEX:4⟧-4⟦HEX:3⟧-A⟦HEX:3⟧-⟦HEX:12⟧}\InprocServer32
~~~
/dev/disk/by-uuid/⟦a=uuid⟧ -> ../../sda1
UUID=⟦a⟧ / ext4 defaults,noatime 0 1
~~~
[Guid("⟦uuid⟧")]
public interface IReportWriter { void Write(Stream target); }
~~~
tenant_id: ⟦uuid⟧
subscription_id: ⟦uuid⟧
client_id: ⟦uuid⟧
resource_group: ⟦svc⟧-rg
""",
    "git_log": r"""
commit ⟦hex:40⟧ (HEAD -> main, origin/main)
Merge: ⟦hex:7⟧ ⟦hex:7⟧
Author: ⟦a=name⟧ <⟦a⟧@localhost>
Date:   ⟦date⟧ ⟦time⟧ +0200

    Rotate the ⟦said⟧ of ⟦svc⟧; the old one is revoked
~~~
⟦hex:7⟧ Reset password form: show the rules before the first mistake
⟦hex:7⟧ Token refresh: retry once on 401
⟦hex:7⟧ Remove secret from the fixture, add it to the vault
⟦hex:7⟧ Bump ⟦svc⟧ to ⟦ver⟧
~~~
⟦hex:40⟧ refs/heads/main
⟦hex:40⟧ refs/tags/v⟦ver⟧
⟦hex:40⟧ refs/pull/⟦n:1-900⟧/head
~~~
 ⟦hex:40⟧ vendor/⟦svc⟧ (v⟦ver⟧-⟦n:1-90⟧-g⟦hex:7⟧)
-⟦hex:40⟧ vendor/secrets-store
+⟦hex:40⟧ themes/⟦word⟧ (heads/main)
~~~
bisect: first bad commit is ⟦hex:40⟧
It changed how api_key is read in ⟦svc⟧/settings.py.
~~~
git cherry-pick ⟦hex:40⟧ && git revert --no-edit ⟦hex:10⟧..⟦hex:10⟧
~~~
diff --git a/auth/token.py b/auth/token.py
index ⟦hex:7⟧..⟦hex:7⟧ 100644
--- a/auth/token.py
+++ b/auth/token.py
@@ -⟦n:1-90⟧,6 +⟦n:1-90⟧,7 @@ def read_token(request):
-    token = request.args.get("token")
+    token = request.headers.get("X-Auth-Token")
+    if token is None:
+        return None
~~~
tree ⟦hex:40⟧
parent ⟦hex:40⟧
author ⟦name⟧ ⟦dig:10⟧ +0100

100644 blob ⟦hex:40⟧	secrets.md
040000 tree ⟦hex:40⟧	password_reset
~~~
uses: actions/checkout@⟦hex:40⟧ # v⟦ver⟧
uses: acme/setup-token-cache@⟦hex:40⟧ # v⟦ver⟧
~~~
Deployed ⟦svc⟧@⟦hex:12⟧ to staging, previous was ⟦hex:12⟧. Token service not touched.
""",
    "checksums": r"""
⟦hex:64⟧  acme-⟦ver⟧-linux-amd64.tar.gz
⟦hex:64⟧  acme-⟦ver⟧-darwin-arm64.tar.gz
⟦hex:64⟧ *acme-token-helper-⟦ver⟧.exe
~~~
MD5 (secrets.zip) = ⟦hex:32⟧
SHA1 (passwords.pdf) = ⟦hex:40⟧
SHA512 (key-notes.txt) = ⟦hex:128⟧
~~~
sha256sum: ⟦hex:64⟧  -
expected ⟦hex:64⟧
computed ⟦hex:64⟧
Checksum does not match, the download of ⟦svc⟧ is damaged.
~~~
{"file": "⟦word⟧.bin", "md5": "⟦hex:32⟧", "sha1": "⟦hex:40⟧", "crc32": "⟦hex:8⟧", "size": ⟦dig:6⟧}
~~~
ETag: "⟦hex:32⟧"
ETag: W/"⟦hex:10⟧-⟦url64:27⟧"
If-None-Match: "⟦hex:40⟧"
Content-MD5: ⟦sri:16⟧
Digest: sha-256=⟦sri:32⟧
~~~
url "https://⟦host⟧/releases/v⟦ver⟧/⟦svc⟧.tar.gz"
sha256 "⟦hex:64⟧"
license "MIT"
~~~
SHA256:⟦b64:43⟧ root@⟦svc⟧ (ED25519)
256 SHA256:⟦b64:43⟧ ⟦svc⟧-host (ED25519)
3072 MD5:⟦colons:16⟧ backup (RSA)
~~~
Certificate fingerprint (SHA-256): ⟦colons:32⟧
Serial number: ⟦colons:16⟧
Key identifier: ⟦colons:20⟧
~~~
pub   ed25519 ⟦date⟧ [SC]
      ⟦HEX:40⟧
uid           [ultimate] ⟦name⟧ (release signing)
sub   cv25519 ⟦date⟧ [E]
gpg: key ⟦HEX:16⟧: public key imported
""",
    "docker_digests": r"""
FROM python:3.11-slim@sha256:⟦hex:64⟧
COPY . /app
~~~
⟦svc⟧: digest: sha256:⟦hex:64⟧ size: ⟦n:500-9000⟧
⟦hex:12⟧: Pushed
⟦hex:12⟧: Layer already exists
~~~
CONTAINER ID   IMAGE          COMMAND        STATUS
⟦hex:12⟧   acme/⟦svc⟧     "./run.sh"     Up 3 hours
⟦hex:12⟧   redis:7        "redis-server" Up 3 hours
~~~
image: registry.example.com/acme/⟦svc⟧@sha256:⟦hex:64⟧
imagePullPolicy: IfNotPresent
imagePullSecrets:
  - name: registry-credentials
~~~
{"schemaVersion": 2, "config": {"digest": "sha256:⟦hex:64⟧", "size": ⟦dig:4⟧},
 "layers": [{"digest": "sha256:⟦hex:64⟧"}, {"digest": "sha256:⟦hex:64⟧"}]}
""",
    "lock_npm": r"""
"node_modules/js-tokens": {
  "version": "⟦ver⟧",
  "resolved": "https://registry.npmjs.org/js-tokens/-/js-tokens-⟦a=ver⟧.tgz",
  "integrity": "sha512-⟦sri:64⟧",
  "license": "MIT"
},
~~~
"passwd-user@^⟦a=ver⟧":
  version "⟦a⟧"
  resolved "https://registry.yarnpkg.com/passwd-user/-/passwd-user-⟦a⟧.tgz#⟦hex:40⟧"
  integrity sha512-⟦sri:64⟧
~~~
  /secret-stack@⟦ver⟧:
    resolution: {integrity: sha512-⟦sri:64⟧}
    engines: {node: '>=⟦n:12-20⟧'}
    dev: true
~~~
"keyv@npm:^⟦a=ver⟧":
  version: ⟦a⟧
  dependencies:
    json-buffer: "npm:⟦ver⟧"
  checksum: 10c0/⟦hex:128⟧
  languageName: node
  linkType: hard
""",
    "lock_python": r"""
[[package]]
name = "itsdangerous"
version = "⟦ver⟧"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/packages/⟦hex:2⟧/⟦hex:2⟧/⟦hex:60⟧/x.tar.gz", hash = "sha256:⟦hex:64⟧" }
~~~
[metadata]
lock-version = "2.0"
python-versions = "^3.11"
content-hash = "⟦hex:64⟧"
~~~
keyring==⟦ver⟧ \
    --hash=sha256:⟦hex:64⟧ \
    --hash=sha256:⟦hex:64⟧
    # via twine
~~~
files = [
    {file = "tokenize_rt-⟦ver⟧-py2.py3-none-any.whl", hash = "sha256:⟦hex:64⟧"},
    {file = "tokenize_rt-⟦ver⟧.tar.gz", hash = "sha256:⟦hex:64⟧"},
]
~~~
{"_meta": {"hash": {"sha256": "⟦hex:64⟧"}, "pipfile-spec": 6}, "default": {"passlib": {"version": "==⟦ver⟧"}}}
""",
    "lock_other": r"""
[[package]]
name = "secrecy"
version = "⟦ver⟧"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "⟦hex:64⟧"
~~~
golang.org/x/crypto v0.⟦n:1-40⟧.0 h1:⟦sri:32⟧
golang.org/x/crypto v0.⟦n:1-40⟧.0/go.mod h1:⟦sri:32⟧
github.com/golang-jwt/jwt/v5 v5.⟦n:0-3⟧.0 h1:⟦sri:32⟧
~~~
GIT
  remote: https://github.com/acme/secret_santa.git
  revision: ⟦hex:40⟧
  specs:
    secret_santa (⟦ver⟧)

CHECKSUMS
  bcrypt (⟦ver⟧) sha256=⟦hex:64⟧
~~~
{"name": "acme/token-bundle", "version": "v⟦ver⟧",
 "source": {"type": "git", "url": "https://github.com/acme/token-bundle.git", "reference": "⟦hex:40⟧"},
 "dist": {"type": "zip", "reference": "⟦hex:40⟧", "shasum": ""}, "content-hash": "⟦hex:32⟧"}
~~~
"nixpkgs": {"locked": {"lastModified": ⟦dig:10⟧, "narHash": "sha256-⟦sri:32⟧", "rev": "⟦hex:40⟧"}}
~~~
src = fetchFromGitHub { owner = "acme"; repo = "⟦svc⟧"; rev = "v⟦ver⟧"; hash = "sha256-⟦sri:32⟧"; };
path = /nix/store/⟦nix32:32⟧-password-store-⟦ver⟧
~~~
provider "registry.terraform.io/hashicorp/vault" {
  version = "⟦ver⟧"
  hashes = ["h1:⟦sri:32⟧", "zh:⟦hex:64⟧"]
}
~~~
PODFILE CHECKSUM: ⟦hex:40⟧
SPEC CHECKSUMS:
  KeychainAccess: ⟦hex:40⟧
  SwiftyTokens: ⟦hex:40⟧
~~~
{"originHash": "⟦hex:64⟧",
 "pins": [{"identity": "swift-crypto", "state": {"revision": "⟦hex:40⟧", "version": "⟦ver⟧"}}]}
""",
    "sri_attribute": r"""
<script src="https://cdn.example.org/⟦word⟧.min.js" integrity="sha384-⟦sri:48⟧" crossorigin="anonymous"></script>
~~~
<link rel="stylesheet" href="/a.css" integrity="sha256-⟦sri:32⟧ sha512-⟦sri:64⟧">
~~~
Content-Security-Policy: script-src 'self' 'sha256-⟦sri:32⟧' 'nonce-⟦sri:16⟧'; object-src 'none'
""",
    "url_ids": r"""
Watch https://www.youtube.com/watch?v=⟦url64:11⟧&t=⟦n:1-900⟧s and https://youtu.be/⟦url64:11⟧
~~~
The plan: https://docs.google.com/document/d/1⟦url64:43⟧/edit#heading=h.⟦low:12⟧
The figures: https://docs.google.com/spreadsheets/d/1⟦url64:43⟧/edit?gid=⟦dig:9⟧
~~~
https://www.notion.so/acme/Password-policy-⟦hex:32⟧?pvs=4
https://www.figma.com/design/⟦alnum:22⟧/Login-and-password?node-id=⟦n:1-90⟧-⟦n:1-900⟧
~~~
s3://acme-⟦svc⟧/uploads/⟦date⟧/⟦hex:32⟧/⟦uuid⟧.parquet
~~~
https://open.spotify.com/track/⟦alnum:22⟧
https://t.example.org/p/⟦alnum:8⟧
https://maps.example.com/place/⟦up:8⟧+⟦up:2⟧
~~~
Channel C⟦up:10⟧, thread https://acme.slack.com/archives/C⟦up:10⟧/p⟦dig:16⟧
User U⟦up:10⟧ asked about the token limit.
~~~
https://trello.com/c/⟦alnum:8⟧/⟦n:1-99⟧-reset-password-page
https://linear.app/acme/issue/SEC-⟦n:1-999⟧/api-key-rotation
https://github.com/acme/⟦svc⟧/blob/⟦hex:40⟧/src/token.rs#L⟦n:1-99⟧-L⟦n:100-200⟧
~~~
https://⟦host⟧/assets/index-⟦url64:8⟧.js and /static/css/main.⟦hex:8⟧.chunk.css
~~~
https://www.example.org/products/⟦word⟧-⟦word⟧-⟦dig:9⟧?utm_source=newsletter&utm_campaign=⟦word⟧_⟦n:1-90⟧&sku=⟦up:10⟧
~~~
arXiv:2⟦dig:3⟧.0⟦dig:4⟧v2, doi:10.⟦dig:4⟧/⟦letters:5⟧.⟦dig:7⟧, PMID ⟦dig:8⟧, ISBN 978-3-16-148410-0
""",
    "vendor_object_ids": r"""
Charge ch_⟦alnum:24⟧ for customer cus_⟦alnum:14⟧ failed, payment intent pi_⟦alnum:24⟧.
~~~
price: price_⟦alnum:24⟧
product: prod_⟦alnum:14⟧
subscription: sub_⟦alnum:24⟧
~~~
const stripe = Stripe('pk_live_⟦alnum:24⟧'); // publishable, meant for the page
~~~
NEXT_PUBLIC_STRIPE_KEY=pk_test_⟦alnum:24⟧
~~~
{"id": "evt_⟦alnum:24⟧", "object": "event", "request": {"id": "req_⟦alnum:14⟧", "idempotency_key": null}}
~~~
chatcmpl-⟦alnum:29⟧ used ⟦n:10-900⟧ prompt tokens; request req_⟦hex:32⟧
~~~
{"id": "msg_01⟦alnum:22⟧", "type": "message", "role": "assistant", "usage": {"input_tokens": ⟦n:1-900⟧}}
~~~
assistant asst_⟦alnum:24⟧ ran thread thread_⟦alnum:24⟧ with file file-⟦alnum:22⟧
~~~
Sentry event ⟦hex:32⟧, release ⟦svc⟧@⟦ver⟧, trace ⟦hex:32⟧
~~~
Airtable base app⟦alnum:14⟧, table tbl⟦alnum:14⟧, record rec⟦alnum:14⟧
~~~
google_client_id: ⟦dig:12⟧-⟦low:32⟧.apps.googleusercontent.com
~~~
Measurement id G-⟦up:10⟧, container GTM-⟦up:7⟧, old property UA-⟦dig:8⟧-1
~~~
tx 0x⟦hex:64⟧ from 0x⟦hex:40⟧ to 0x⟦hex:40⟧, 3 tokens moved
~~~
ObjectId("⟦hex:24⟧") references ObjectId("⟦hex:24⟧"); snowflake ⟦dig:19⟧; ULID 01⟦up:24⟧
""",
    "aws_ids": r"""
arn:aws:iam::⟦dig:12⟧:role/⟦svc⟧-deploy
arn:aws:kms:eu-central-1:⟦dig:12⟧:key/⟦uuid⟧
arn:aws:secretsmanager:us-east-1:⟦dig:12⟧:secret:prod/⟦svc⟧-⟦alnum:6⟧
~~~
i-0⟦hex:16⟧ running in subnet-0⟦hex:16⟧, vpc-⟦hex:17⟧, sg-0⟦hex:16⟧, ami-0⟦hex:16⟧
~~~
{"Account": "⟦a=dig:12⟧", "Arn": "arn:aws:sts::⟦a⟧:assumed-role/admin/⟦name⟧"}
~~~
aws kms decrypt --key-id alias/⟦svc⟧ --ciphertext-blob fileb://secret.bin --query Plaintext
~~~
Resource: !Sub arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/⟦svc⟧/password
~~~
x-amz-request-id: ⟦up:16⟧
x-amz-id-2: ⟦sri:56⟧
""",
    "k8s_names": r"""
NAME                        READY   STATUS    RESTARTS
⟦svc⟧-⟦low:10⟧-⟦low:5⟧    1/1     Running   ⟦n:0-9⟧
token-refresher-⟦low:9⟧-⟦low:5⟧   0/1   CrashLoopBackOff   ⟦n:1-99⟧
~~~
secret/⟦svc⟧-credentials unchanged
configmap/⟦svc⟧-⟦low:10⟧ created
replicaset.apps/password-api-⟦low:10⟧ scaled to ⟦n:1-9⟧
~~~
NAME                  TYPE                                  DATA   AGE
default-token-⟦low:5⟧   kubernetes.io/service-account-token   3      ⟦n:1-99⟧d
db-password           Opaque                                1      ⟦n:1-99⟧d
""",
    "trace_ids": r"""
traceparent: 00-⟦hex:32⟧-⟦hex:16⟧-01
tracestate: acme=⟦hex:16⟧
X-Request-Id: ⟦hex:32⟧
X-Amzn-Trace-Id: Root=1-⟦hex:8⟧-⟦hex:24⟧;Sampled=1
~~~
⟦date⟧T⟦time⟧Z INFO  [⟦svc⟧] request_id=⟦uuid⟧ trace_id=⟦hex:32⟧ span_id=⟦hex:16⟧ tokens=⟦n:1-9000⟧ status=200
~~~
{"level":"warn","msg":"token expired","request_id":"⟦hex:20⟧","correlation_id":"⟦uuid⟧","expires_in":⟦n:60-9000⟧}
~~~
⟦date⟧ ⟦time⟧,⟦n:100-999⟧ ERROR auth.views: password check failed for user_id=⟦n:1-9000⟧ (attempt ⟦n:1-5⟧ of 5)
⟦date⟧ ⟦time⟧,⟦n:100-999⟧ INFO auth.views: password changed for user_id=⟦n:1-9000⟧
~~~
CF-RAY: ⟦hex:16⟧-FRA
x-vercel-id: fra1::⟦low:5⟧-⟦dig:13⟧-⟦hex:12⟧
~~~
level=info msg="api key accepted" key_id=⟦n:1-900⟧ key_name=⟦svc⟧-reader took=⟦n:1-90⟧ms
level=error msg="secret not found" secret=⟦svc⟧-credentials namespace=prod
~~~
Started POST "/users/password" for ::1 at ⟦date⟧ ⟦time⟧
  Parameters: {"authenticity_token"=>"[FILTERED]", "user"=>{"password"=>"[FILTERED]"}}
Completed 302 Found in ⟦n:1-900⟧ms
""",
}
