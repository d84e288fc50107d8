"""Files that deploy and run software: clusters, containers, infrastructure as code, services, schedulers."""

from tests.redaction_corpus.placed_makers import parse

DEPLOY = parse(r"""
== k8s_secret_data
apiVersion: v1
kind: Secret
metadata:
  name: «app»-credentials
  namespace: «env»
type: Opaque
data:
  password: «!bvalue»
  api-token: «!bvalue2»
--
apiVersion: v1
data:
  «plainkey»: «!bvalue»
kind: Secret
metadata:
  creationTimestamp: "«day»T«time»Z"
  name: «app»
--
kind: Secret
apiVersion: v1
metadata: {name: «app»}
data:
  DB_PASSWORD: "«!bvalue»"
?? JWT_SECRET: "«!bvalue2»"
  «plainkey»: "«!bvalue3»"
--
{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "«app»"}, «+»
"data": {"«plainkey»": "«!bvalue»", "token": "«!bvalue2»"}}
--
{
  "apiVersion": "v1",
  "data": {
    "admin-password": "«!bvalue»",
    "«plainkey»": "«!bvalue2»"
  },
  "kind": "Secret",
  "type": "Opaque"
}
--
apiVersion: v1
kind: Secret
metadata:
  name: «app»-tls
type: kubernetes.io/tls
data:
  tls.crt: «certb»
  tls.key: «!keyb»
--
apiVersion: v1
kind: Secret
metadata: {name: pull}
type: kubernetes.io/dockerconfigjson
data:
  .dockerconfigjson: «!dockerb»
--
kubectl get secret «app» -o jsonpath='{.data.password}'
«!bvalue»
== k8s_secret_string_data
apiVersion: v1
kind: Secret
metadata:
  name: «app»
stringData:
  «plainkey»: «!pw»
  password: «!pw2»
--
apiVersion: v1
kind: Secret
stringData:
  DB_PASSWORD: "«!quoted»"
?? API_TOKEN: '«!mixed»'
  «plainkey»: '«!token»'
--
{"kind": "Secret", "apiVersion": "v1", "stringData": {"password": "«!quoted»", "«plainkey»": "«!token»"}}
--
kubectl create secret generic «app» --from-literal=password=«!word» --from-literal=token='«!token»'
--
apiVersion: v1
kind: Secret
metadata:
  name: «app»-key
stringData:
  key.pem: |
    «begin»
    «!body»
    «end»
== k8s_pod_env
env:
- name: «pwkey»
  value: «!pw»
- name: LOG_LEVEL
  value: info
--
    - name: «tokenkey»
      value: "«!mixed»"
--
kubectl set env deploy/«app» «pwkey»=«!word»
--
{"env": [{"name": "«pwkey»", "value": "«!quoted»"}, {"name": "PORT", "value": "80"}]}
== helm_values
auth:
  username: «user»
  password: «!pw»
  database: «db»
--
postgresql:
  postgresqlPassword: "«!quoted»"
  persistence:
    size: 8Gi
--
helm upgrade --install «app» ./chart --set auth.password=«!word» --set image.tag=1.«n»
--
grafana:
  adminUser: admin
  adminPassword: «!pw»
--
redis:
  auth: {enabled: true, password: '«!quoted»'}
== docker_compose
services:
  db:
    image: postgres:16
    environment:
      - POSTGRES_USER=«user»
      - POSTGRES_PASSWORD=«!pw»
    ports: ["5432:5432"]
--
    environment:
      MYSQL_ROOT_PASSWORD: «!pw»
      MYSQL_DATABASE: «db»
--
  redis:
    image: redis:7
    command: redis-server --requirepass «!word» --appendonly yes
--
    environment:
      - "«pwkey»=«!quoted»"
      - TZ=Europe/Berlin
--
  minio:
    environment: {MINIO_ROOT_USER: «user», MINIO_ROOT_PASSWORD: «!word»}
--
docker run -d -e MYSQL_ROOT_PASSWORD=«!word» -e TZ=UTC -p 3306:3306 mysql:8
== dockerfile
FROM python:3.11-slim
ENV «pwkey»=«!word»
COPY . /app
--
ARG «tokenkey»=«!mixed»
RUN pip install -r requirements.txt
--
ENV «pwkey» «!pw»
EXPOSE 8080
--
ENV APP_ENV=«env» \
    «tokenkey»="«!mixed»" \
    PORT=8080
--
RUN echo "root:«!word»" | chpasswd
--
docker build --build-arg «tokenkey»=«!mixed» -t acme/«app» .
== terraform_vars
db_password = "«!quoted»"
instance_type = "t3.small"
--
resource "aws_db_instance" "main" {
  engine   = "postgres"
  username = "«user»"
  password = "«!quoted»"
}
--
variable "admin_password" {
  type    = string
  default = "«!quoted»"
}
--
terraform apply -var 'db_password=«!word»' -auto-approve
--
TF_VAR_db_password=«!word» terraform plan
--
provider "vsphere" {
  user           = "«user»"
  password       = "«!quoted»"
  vsphere_server = "«host»"
}
== terraform_state
{
  "type": "random_password",
  "instances": [{"attributes": {"length": 16, "result": "«!token»"}}]
}
--
"attributes": {
  "address": "«host»",
  "engine": "mysql",
  "password": "«!quoted»",
  "username": "«user»"
}
--
"outputs": {"db_password": {"value": "«!token»", "type": "string", "sensitive": true}}
--
{"type": "aws_iam_access_key", "instances": [{"attributes": {"user": "«user»", "secret": "«!awskey»"}}]}
== ansible
[web]
«host» ansible_user=«user» ansible_ssh_pass=«!word»
--
db1 ansible_host=«ip» ansible_user=deploy ansible_become_password='«!quoted»'
--
all:
  vars:
    ansible_password: «!pw»
    ansible_connection: winrm
--
- mysql_user:
    name: «user»
    password: "«!quoted»"
    state: present
--
ansible-playbook site.yml -i hosts -e "ansible_become_pass=«!word»"
--
vault_db_password: "«!quoted»"
app_port: 8080
== github_actions
env:
  «pwkey»: «!pw»
  NODE_ENV: test
--
      - run: npm publish
        env:
          NODE_AUTH_TOKEN: «!token»
--
    services:
      postgres:
        image: postgres:16
        env:
          POSTGRES_PASSWORD: «!pw»
--
      - uses: docker/login-action@v3
        with:
          username: acme
          password: «!pw»
== other_ci
variables:
  «pwkey»: "«!quoted»"
  GIT_DEPTH: 5
--
environment {
    «tokenkey» = '«!mixed»'
}
--
  - script: ./deploy.sh
    env:
      «pwkey»: «!pw»
--
{"variables": [{"key": "«tokenkey»", "value": "«!mixed»", "protected": true}]}
""")
