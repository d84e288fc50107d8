"""Tables of `assignments`: JSON, XML and what is made of them."""

from .assignments_syntax import syntax

DATA = (
    syntax(
        "json_pretty",
        "json",
        "camel snake kebab screaming pascal",
        "json",
        r"""
{
  "host": "§h",
  "user": "§u",
  "§K": "§V",
  "port": §n
}
~~~
{
    "§K": "§V",
    "§L": "§W"
}
~~~
{
  "ConnectionStrings": { "Default": "Server=§h" },
  "Jwt": {
    "Issuer": "https://§h",
    "§K": "§V"
  }
}
~~~
{
  "users": [
    { "name": "§u", "password": "§P" },
    { "name": "kiosk", "password": "§Q", "roles": ["read"] }
  ]
}
~~~
  "id": "§i",
  "§K" : "§V",
  "enabled": true,
~~~
HTTP/1.1 200 OK
Content-Type: application/json

{
  "token_type": "Bearer",
  "access_token": "§T",
  "refresh_token": "§S",
  "expires_in": 3600
}
""",
    ),
    syntax(
        "json_compact",
        "json",
        "camel snake kebab",
        "json",
        r"""
{"user":"§u","§K":"§V"}
~~~
curl -s -X POST https://§h/login -H 'Content-Type: application/json' -d '{"username":"§u","password":"§T"}'
~~~
[{"id":§n,"§K":"§V"},{"id":2,"§L":"§W"}]
~~~
{"name":"§K","value":"§V"}
~~~
{"key":"§K","value":"§V","type":"string"}
~~~
{"access_token":"§T","expires_in":§n,"refresh_token":"§S","scope":"read"}
~~~
{"§K":["§V","§W"],"host":"§h"}
""",
    ),
    syntax(
        "json_escaped",
        "",
        "camel snake",
        "json-twice",
        r"""
{"level":"info","body":"{\"user\":\"§u\",\"§K\":\"§V\"}"}
~~~
payload = "{\"§K\": \"§V\", \"host\": \"§h\"}"
~~~
curl -d "{\"username\": \"§u\", \"password\": \"§P\"}" https://§h/api/session
~~~
"body": "{\n  \"§K\": \"§V\",\n  \"§L\": \"§W\"\n}",
~~~
String json = "{\"id\":§n,\"§K\":\"§V\"}";
""",
    ),
    syntax(
        "json_escaped_twice",
        "",
        "camel snake",
        "json-thrice",
        r"""
{"log":"{\"msg\":\"sent\",\"body\":\"{\\\"§K\\\":\\\"§V\\\"}\"}"}
~~~
"message": "request {\\\"user\\\": \\\"§u\\\", \\\"§K\\\": \\\"§V\\\"} failed"
~~~
{"log":"{\"body\":\"{\\\"password\\\":\\\"§P\\\",\\\"token\\\":\\\"§T\\\"}\\n\"}","stream":"stdout"}
""",
    ),
    syntax(
        "json_unicode",
        "json",
        "camel snake",
        "unicode-escapes",
        r"""
{"user": "§u", "§K": "§V"}
~~~
{
  "§K": "§V",
  "host": "§h"
}
~~~
{"\u0070assword":"§P"}
""",
    ),
    syntax(
        "json_in_log",
        "",
        "camel snake",
        "json",
        r"""
2025-03-14T09:12:44.§nZ INFO  [http-nio-8080] request body={"user":"§u","§K":"§V"} status=200
~~~
[2024-11-02 17:03:22] production.ERROR: Login failed {"email":"§u@example.com","password":"§T","ip":"10.2.3.4"} []
~~~
{"level":30,"time":17190042,"pid":§n,"hostname":"§d","req":{"headers":{"x-api-key":"§T"}},"msg":"done"}
~~~
DEBUG:urllib3:send: b'{"§K": "§V"}'
DEBUG:urllib3:reply: 'HTTP/1.1 204 No Content\r\n'
~~~
Jul  3 04:11:09 §d app[§n]: config loaded: {"host":"§h","§K":"§V","debug":false}
""",
    ),
    syntax(
        "xml_element",
        "xml",
        "camel pascal snake kebab dotted",
        "xml",
        r"""
<server>
  <id>§d</id>
  <username>§u</username>
  <password>§P</password>
</server>
~~~
<§K>§V</§K>
~~~
<config>
    <§K>
        §V
    </§K>
    <host>§h</host>
</config>
~~~
<wsse:UsernameToken>
  <wsse:Username>§u</wsse:Username>
  <wsse:Password Type="#PasswordText">§P</wsse:Password>
</wsse:UsernameToken>
~~~
<property><name>§K</name><value>§V</value></property>
~~~
<hudson.plugin><§K plain="true">§V</§K><§L>§W</§L></hudson.plugin>
""",
    ),
    syntax(
        "xml_attribute",
        "xml",
        "camel pascal snake",
        "xml",
        r"""
<dataSource user="§u" password="§P" url="jdbc:mysql://§h/§d"/>
~~~
<add key="§K" value="§V" />
~~~
<add value="§V" key="§K"/>
~~~
<property name="§K" value="§V"/>
~~~
<bean id="ds" §K='§V' host='§h'/>
~~~
<user username="§u" password="§P" roles="manager-gui"/>
~~~
<param name="§K">§V</param>
""",
    ),
    syntax(
        "xml_cdata",
        "xml",
        "camel snake",
        "raw",
        r"""
<§K><![CDATA[§V]]></§K>
~~~
<login><user>§u</user><password><![CDATA[§P]]></password></login>
~~~
<setting name="§K"><![CDATA[§V]]></setting>
""",
    ),
    syntax(
        "plist",
        "xml",
        "camel pascal",
        "xml",
        r"""
<dict>
	<key>Host</key>
	<string>§h</string>
	<key>§K</key>
	<string>§V</string>
</dict>
~~~
<key>§K</key><string>§V</string><key>Port</key><integer>§n</integer>
~~~
<entry key="§K">§V</entry>
""",
    ),
    syntax(
        "html_input",
        "html",
        "snake camel",
        "xml",
        r"""
<input type="password" name="password" value="§P">
~~~
<form action="https://§h/login"><input name="user" value="§u"><input name="§K" type="hidden" value="§V"/></form>
~~~
<input value="§P" type="password" id="pw" class="form-control" autocomplete="off">
~~~
<meta name="§K" content="§V">
~~~
<div id="app" data-api-key="§T" data-user="§u"></div>
""",
    ),
)
