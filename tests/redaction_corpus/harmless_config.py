"""Configuration that names secrets, or names other things as secrets are named, and holds none."""

CONFIG: dict[str, str] = {
    "env_example": r"""
# Copy to .env and fill in
DATABASE_URL=
⟦scream⟧=
⟦scream⟧=
LOG_LEVEL=info
PORT=⟦n:1000-9999⟧
~~~
⟦scream⟧=""
⟦scream⟧='' # ask the platform team
PASSWORD_MIN_LENGTH=⟦n:8-16⟧
TOKEN_TTL=⟦n:60-9000⟧
API_KEY_HEADER=X-Api-Key
~~~
APP_NAME=⟦svc⟧
⟦scream⟧_FILE=/run/secrets/⟦snake⟧
SECRETS_BACKEND=vault
AUTH_ENABLED=true
SSH_KEY_PATH=~/.ssh/id_ed25519
~~~
DB_USER=⟦svc⟧
DB_PASSWORD=${DB_PASSWORD}
DATABASE_URL=postgres://${DB_USER}:${DB_PASSWORD}@db:5432/⟦svc⟧
""",
    "empty_values": r"""
{"username": "⟦svc⟧", "⟦snake⟧": null, "⟦camel⟧": ""}
~~~
⟦snake⟧: null
⟦snake⟧: ""
⟦snake⟧: ~
⟦kebab⟧:
⟦svc⟧:
  replicas: ⟦n:1-9⟧
~~~
⟦snake⟧ = None
⟦snake⟧: str | None = None
self.⟦snake⟧ = ""
~~~
⟦camel⟧: undefined,
⟦camel⟧: false,
⟦camel⟧ = null;
~~~
[⟦svc⟧]
⟦snake⟧ =
⟦snake⟧ = ""
port = ⟦n:1000-9999⟧
~~~
<⟦camel⟧></⟦camel⟧>
<⟦camel⟧/>
<password xsi:nil="true"/>
~~~
user,password,token
⟦name⟧,,
⟦name⟧,,
""",
    "telling_names_harmless_values": r"""
author: ⟦name⟧
authority: https://login.⟦host⟧
secretary: ⟦name⟧
keyboard: us-intl
tokenizer: wordpiece
bypass: true
compass: NNE
~~~
token_type: bearer
token_endpoint: https://login.⟦host⟧/oauth/token
token_limit: ⟦n:100-9000⟧
secret_name: ⟦svc⟧-credentials
secret_rotation_days: ⟦n:1-90⟧
password_policy: strong
password_expiry: never
~~~
{"grant_type": "password", "response_type": "token", "token_endpoint_auth_method": "client_secret_post"}
~~~
key: value
key_type: ed25519
key_size: ⟦pick:2048|3072|4096⟧
key_prefix: "⟦svc⟧:list:v⟦n:1-9⟧"
partition_key: tenant_id
sort_key: created_at
cache_key: users-v⟦n:1-90⟧
hotkey: ctrl+shift+p
~~~
pass_rate: ⟦n:10-99⟧.⟦n:1-9⟧
passes: ⟦n:1-90⟧
passed: true
first_pass: lexing
passenger: ⟦name⟧
passport_required: yes
~~~
"forgotPassword": "/account/forgot-password",
"passwordResetUrl": "https://⟦host⟧/reset",
"passwordHint": "Use at least ⟦n:8-16⟧ characters",
"passwordVisible": false,
"passwordStrength": "weak"
~~~
credentials: include
withCredentials: true
auth: none
auth_method: kerberos
authentication: required
authorized_by: ⟦name⟧
~~~
accessKeyLastRotated: ⟦date⟧
apiKeyCount: ⟦n:1-90⟧
apiKeyRequired: true
apiKeySource: HEADER
lastPasswordChange: ⟦date⟧T⟦time⟧Z
passwordAttemptsRemaining: ⟦n:1-5⟧
mustChangePasswordOnNextLoginBecauseAdministratorResetIt: true
numberOfRefreshTokensIssuedSinceLastRotationOfSigningKey: ⟦n:1-900⟧
~~~
AWS_REGION=eu-central-1
AWS_PROFILE=⟦svc⟧
AWS_ROLE_ARN=arn:aws:iam::⟦dig:12⟧:role/⟦svc⟧
AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token
~~~
PasswordAuthentication no
PermitEmptyPasswords no
PubkeyAuthentication yes
AuthorizedKeysFile .ssh/authorized_keys
IdentityFile ~/.ssh/⟦svc⟧_ed25519
""",
    "terraform": r"""
variable "⟦snake⟧" {
  type        = string
  sensitive   = true
  description = "Password of the ⟦svc⟧ database, from the vault"
}
~~~
resource "random_password" "⟦svc⟧" {
  length           = ⟦n:16-64⟧
  special          = true
  override_special = "!#$%&*()-_=+[]{}<>:?"
}
~~~
resource "aws_db_instance" "⟦svc⟧" {
  username = "app"
  password = random_password.⟦svc⟧.result
  kms_key_id = aws_kms_key.main.arn
  manage_master_user_password = true
}
~~~
data "vault_generic_secret" "⟦svc⟧" { path = "secret/⟦svc⟧" }
output "api_key" { value = module.⟦svc⟧.api_key, sensitive = true }
provider "acme" { token = var.acme_token }
~~~
  # aws_secretsmanager_secret_version.⟦svc⟧ will be created
  + resource "aws_secretsmanager_secret_version" "⟦svc⟧" {
      + secret_id     = (known after apply)
      + secret_string = (sensitive value)
    }
Plan: ⟦n:1-9⟧ to add, 0 to change, 0 to destroy.
~~~
{"Parameters": {"DbPassword": {"Type": "String", "NoEcho": true, "MinLength": ⟦n:8-16⟧}},
 "Properties": {"MasterUserPassword": {"Ref": "DbPassword"}}}
""",
    "ci_workflows": r"""
env:
  ⟦scream⟧: ${{ secrets.⟦scream⟧ }}
  GH_TOKEN: ${{ github.token }}
steps:
  - uses: actions/checkout@v4
    with:
      token: ${{ secrets.GITHUB_TOKEN }}
      persist-credentials: false
~~~
permissions:
  id-token: write
  contents: read
jobs:
  release:
    secrets: inherit
~~~
deploy:
  variables:
    ⟦scream⟧: $CI_⟦scream⟧
  id_tokens:
    VAULT_ID_TOKEN:
      aud: https://vault.⟦host⟧
  script:
    - docker login -u "$CI_REGISTRY_USER" -p "$CI_REGISTRY_PASSWORD" "$CI_REGISTRY"
~~~
withCredentials([string(credentialsId: '⟦kebab⟧', variable: 'TOKEN'),
    usernamePassword(credentialsId: '⟦svc⟧', usernameVariable: 'U', passwordVariable: 'P')]) {
  sh 'curl -u $U:$P -H "X-Token: $TOKEN" https://⟦host⟧'
}
~~~
- task: AzureKeyVault@2
  inputs:
    KeyVaultName: acme-⟦svc⟧
    SecretsFilter: 'db-password,api-key'
- script: ./deploy.sh
  env:
    DB_PASSWORD: $(db-password)
""",
    "compose_and_kubernetes": r"""
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_USER: ⟦svc⟧
      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}
      POSTGRES_PASSWORD_FILE: /run/secrets/db_password
    secrets: [db_password]
secrets:
  db_password:
    file: ./db_password.txt
~~~
env:
  - name: ⟦scream⟧
    valueFrom:
      secretKeyRef:
        name: ⟦svc⟧-credentials
        key: ⟦kebab⟧
envFrom:
  - secretRef: {name: ⟦svc⟧-env}
~~~
apiVersion: apps/v1
kind: Deployment
metadata:
  name: token-service
  annotations: {checksum/config: ⟦hex:64⟧}
spec:
  template:
    spec:
      serviceAccountName: ⟦svc⟧
      automountServiceAccountToken: false
      volumes:
        - name: keys
          secret: {secretName: ⟦svc⟧-keys, defaultMode: 0400}
~~~
apiVersion: v1
kind: ConfigMap
metadata: {name: ⟦svc⟧}
data:
  LOG_LEVEL: info
  PASSWORD_MIN_LENGTH: "⟦n:8-16⟧"
  TOKEN_ISSUER: https://login.⟦host⟧
~~~
apiVersion: external-secrets.io/v1
kind: ExternalSecret
spec:
  secretStoreRef: {name: vault, kind: ClusterSecretStore}
  target: {name: ⟦svc⟧-credentials}
  data:
    - secretKey: password
      remoteRef: {key: prod/⟦svc⟧, property: password}
~~~
auth:
  existingSecret: ⟦svc⟧-postgresql
  secretKeys:
    adminPasswordKey: postgres-password
    userPasswordKey: password
  usePasswordFiles: true
""",
    "server_config": r"""
server {
    listen 443 ssl;
    server_name ⟦host⟧;
    ssl_certificate     /etc/ssl/⟦svc⟧.crt;
    ssl_certificate_key /etc/ssl/private/⟦svc⟧.key;
    auth_basic "Password, please";
    auth_basic_user_file /etc/nginx/htpasswd;
    proxy_set_header Authorization $http_authorization;
}
~~~
<Location /admin>
  AuthType Basic
  AuthName "Token service"
  AuthUserFile /etc/apache2/passwords
  Require valid-user
</Location>
ServerTokens Prod
SSLSessionTickets off
~~~
[Service]
ExecStart=/usr/bin/⟦svc⟧ --config /etc/⟦svc⟧.toml
EnvironmentFile=/etc/⟦svc⟧/secrets.env
LoadCredential=db_password:/etc/⟦svc⟧/db_password
PrivateTmp=yes
KeyringMode=private
~~~
auth required pam_unix.so nullok try_first_pass
password requisite pam_pwquality.so retry=3 minlen=⟦n:8-16⟧ dcredit=-1
password sufficient pam_unix.so sha512 shadow use_authtok
~~~
root:x:0:0:root:/root:/bin/bash
⟦letters:6⟧:x:⟦n:1000-1900⟧:100::/home/⟦letters:6⟧:/bin/sh
sshd:!:19⟦n:100-900⟧::::::
~~~
requirepass ${REDIS_PASSWORD}
masterauth ${REDIS_PASSWORD}
maxmemory ⟦n:64-900⟧mb
""",
}
