"""SQL that sets, stores or sends a password, in the dialects of several databases."""

from tests.redaction_corpus.placed_makers import parse

SQL = parse(r"""
== sql_create_user
CREATE USER '«user»'@'%' IDENTIFIED BY '«!quoted»';
GRANT SELECT ON «db».* TO '«user»'@'%';
--
CREATE USER «user» WITH ENCRYPTED PASSWORD '«!quoted»';
--
create user «user» identified by "«!word»" default tablespace users;
--
GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' IDENTIFIED BY '«!pw»' WITH GRANT OPTION;
--
CREATE USER «user» IDENTIFIED WITH mysql_native_password BY '«!pw»';
--
CREATE USER «user» IDENTIFIED WITH sha256_password BY '«!pw»' HOST IP '«ip»';
== sql_alter_role
ALTER ROLE «user» WITH PASSWORD '«!quoted»';
--
ALTER USER postgres PASSWORD '«!pw»';
--
ALTER USER 'root'@'localhost' IDENTIFIED WITH caching_sha2_password BY '«!quoted»'; FLUSH PRIVILEGES;
--
SET PASSWORD FOR '«user»'@'%' = PASSWORD('«!pw»');
--
sudo -u postgres psql -c "ALTER USER «user» WITH PASSWORD '«!word»';"
--
ALTER USER «user» IDENTIFIED BY «!word» REPLACE «!word2»;
== sql_insert
INSERT INTO users (email, password) VALUES ('«mail»', '«!quoted»');
--
INSERT INTO accounts (id, login, password, created) VALUES (4«n», '«user»', '«!pw»', '«day»');
--
insert into users(name, password_hash) values ('admin', '«!bcrypt»');
--
INSERT INTO users (email, password, role) VALUES
  ('«mail»', '«!pw»', 'admin'),
  ('sales@example.com', '«!quoted2»', 'viewer');
--
INSERT INTO `api_keys` (`id`, `owner`, `api_key`) VALUES (1, '«app»', '«!mixed»');
== sql_update
UPDATE users SET password='«!quoted»' WHERE email='«mail»';
--
UPDATE users SET password = MD5('«!pw»'), updated_at = NOW() WHERE id = 1;
--
update settings set value = 1, smtp_password = '«!pw»' where id = 7;
--
UPDATE wp_users SET user_pass=MD5("«!pw»") WHERE user_login='admin';
--
SELECT id FROM users WHERE username = '«user»' AND password = '«!quoted»';
== sql_login
CREATE LOGIN «user» WITH PASSWORD = '«!quoted»', CHECK_POLICY = OFF;
--
ALTER LOGIN sa WITH PASSWORD = N'«!quoted»' UNLOCK;
--
CREATE MASTER KEY ENCRYPTION BY PASSWORD = '«!pw»';
--
EXEC sp_addlogin '«user»', '«!pw»', '«db»';
--
CREATE CREDENTIAL backup WITH IDENTITY = '«user»', SECRET = '«!token»';
== sql_remote
SELECT * FROM OPENROWSET('SQLNCLI', 'Server=«host»;UID=«user»;PWD=«!pw»', 'SELECT 1');
--
SELECT * FROM OPENROWSET('SQLOLEDB', '«host»'; '«user»'; '«!pw»', 'SELECT name FROM shop.dbo.items');
--
SELECT * FROM dblink('host=«host» dbname=«db» user=«user» password=«!word»', 'SELECT id FROM t') AS t(id int);
--
CREATE USER MAPPING FOR app SERVER remote OPTIONS (user '«user»', password '«!quoted»');
--
CREATE DATABASE LINK shop CONNECT TO «user» IDENTIFIED BY "«!word»" USING 'ORCL';
--
CREATE SUBSCRIPTION sub CONNECTION 'host=«host» user=repl password=«!word» dbname=«db»' PUBLICATION pub;
--
CHANGE MASTER TO MASTER_HOST='«host»', MASTER_USER='repl', MASTER_PASSWORD='«!quoted»', MASTER_LOG_POS=4;
== sql_snowflake
CREATE USER «user» PASSWORD = '«!quoted»' DEFAULT_ROLE = analyst MUST_CHANGE_PASSWORD = TRUE;
--
snowflake.connector.connect(user="«user»", password="«!quoted»", account="acme-eu1", warehouse="wh")
--
SNOWSQL_PWD=«!word» snowsql -a acme-eu1 -u «user»
--
CREATE STAGE s URL='s3://acme/in' CREDENTIALS=(AWS_KEY_ID='«keyid»' AWS_SECRET_KEY='«!awskey»');
--
COPY INTO t FROM 'azure://acme.blob.core.windows.net/in' CREDENTIALS=(AZURE_SAS_TOKEN='?sv=2022-11-02&sig=«!sasig»');
== cli_sqlplus
sqlplus «user»/«!word»@«host»:1521/ORCL
--
sqlplus -s system/«!word» @report.sql
--
CONNECT «user»/«!word»@«db»
--
expdp «user»/«!word»@ORCL schemas=shop dumpfile=shop.dmp
--
sqlldr userid=«user»/«!word» control=load.ctl
--
sqlplus '«user»/"«!pw»"@//«host»/XE'
""")
