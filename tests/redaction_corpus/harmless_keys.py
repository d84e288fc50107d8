"""Keys and certificates meant to be public, fingerprints, signatures, and encoded or minified data."""

KEYS: dict[str, str] = {
    "certificates": r"""
-----BEGIN CERTIFICATE-----
MII⟦b64:61⟧
⟦armour:9⟧
-----END CERTIFICATE-----
~~~
-----BEGIN CERTIFICATE REQUEST-----
MII⟦b64:61⟧
⟦armour:6⟧
-----END CERTIFICATE REQUEST-----
~~~
data:
  ca.crt: |
    -----BEGIN CERTIFICATE-----
    MII⟦b64:61⟧
    ⟦b64:64⟧
    ⟦b64:44⟧
    -----END CERTIFICATE-----
~~~
{"x5c": ["MII⟦b64:260⟧=="], "x5t#S256": "⟦url64:43⟧"}
~~~
-----BEGIN X509 CRL-----
MII⟦b64:61⟧
⟦armour:3⟧
-----END X509 CRL-----
~~~
-----BEGIN DH PARAMETERS-----
MII⟦b64:61⟧
⟦armour:4⟧
-----END DH PARAMETERS-----
~~~
        Subject Public Key Info:
            Public Key Algorithm: rsaEncryption
                Public-Key: (2048 bit)
                Modulus:
                    00:⟦colons:14⟧:
                    ⟦colons:15⟧
                Exponent: 65537 (0x10001)
""",
    "public_keys": r"""
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA⟦b64:20⟧
⟦armour:5⟧
-----END PUBLIC KEY-----
~~~
PEM="-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE⟦b64:22⟧\n⟦b64:54⟧==\n-----END PUBLIC KEY-----"
~~~
-----BEGIN RSA PUBLIC KEY-----
MII⟦b64:61⟧
⟦armour:3⟧
-----END RSA PUBLIC KEY-----
~~~
-----BEGIN PGP PUBLIC KEY BLOCK-----

mQINB⟦b64:59⟧
⟦armour:8⟧
=⟦b64:4⟧
-----END PGP PUBLIC KEY BLOCK-----
~~~
---- BEGIN SSH2 PUBLIC KEY ----
Comment: "⟦name⟧ laptop"
AAAAB3NzaC1yc2EAAAADAQABAAABAQ⟦b64:34⟧
⟦armour:4⟧
---- END SSH2 PUBLIC KEY ----
~~~
[Peer]
PublicKey = ⟦b64:42⟧g=
AllowedIPs = ::/0
PersistentKeepalive = 25
~~~
{"keys": [{"kty": "RSA", "use": "sig", "kid": "⟦url64:24⟧", "alg": "RS256", "n": "⟦url64:342⟧", "e": "AQAB"}]}
~~~
{"kty": "EC", "crv": "P-256", "x": "⟦url64:43⟧", "y": "⟦url64:43⟧", "kid": "⟦svc⟧-1"}
~~~
# public key: age1⟦bech:58⟧
sops --age age1⟦bech:58⟧ --encrypt values.yaml
~~~
untrusted comment: minisign public key ⟦HEX:16⟧
RWQ⟦b64:53⟧
~~~
sel._domainkey IN TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ⟦b64:180⟧QAB"
""",
    "ssh_public_keys": r"""
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI⟦b64:43⟧ ⟦name⟧@laptop
~~~
ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ⟦b64:336⟧ deploy@⟦svc⟧
~~~
from="*.internal",no-pty ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABB⟦b64:86⟧= ci
~~~
git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI⟦b64:43⟧
|1|⟦b64:27⟧=|⟦b64:27⟧= ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI⟦b64:43⟧
~~~
resource "aws_key_pair" "deploy" {
  key_name   = "⟦svc⟧-deploy"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI⟦b64:43⟧ deploy"
}
~~~
users:
  - name: deploy
    lock_passwd: true
    ssh_authorized_keys:
      - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI⟦b64:43⟧ ⟦word⟧
""",
    "pgp_messages": r"""
-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

Release ⟦ver⟧ of ⟦svc⟧ is out. The signing key has not changed.
-----BEGIN PGP SIGNATURE-----

iQIzB⟦b64:59⟧
⟦armour:5⟧
=⟦b64:4⟧
-----END PGP SIGNATURE-----
~~~
-----BEGIN PGP MESSAGE-----

hQIMA⟦b64:59⟧
⟦armour:6⟧
=⟦b64:4⟧
-----END PGP MESSAGE-----
~~~
-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg⟦b64:26⟧
⟦armour:2⟧
-----END SSH SIGNATURE-----
""",
    "encoded_data": r"""
<img alt="" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf⟦b64:220⟧ElFTkSuQmCC">
~~~
.icon { background: url(data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPg⟦plain64:8⟧); }
~~~
@font-face { font-family: "Lamp"; src: url(data:font/woff2;base64,d09GMgABAAAAA⟦b64:300⟧==) format("woff2"); }
~~~
payload: ⟦plain64:4⟧
~~~
printf '⟦plain64:3⟧' | base64 -d
~~~
Zg== Zm8= Zm9v Zm9vYg== Zm9vYmE= Zm9vYmFy are the test vectors of RFC 4648.
~~~
assert b64decode("⟦plain64:5⟧") == expected
~~~
⟦hexdump:6⟧
~~~
{"cell_type": "code", "outputs": [{"data": {"image/png": "iVBORw0KGgoAAAANSUhEUgAA⟦b64:240⟧=="}}],
 "execution_count": ⟦n:1-90⟧}
~~~
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXSwibWFwcGluZ3MiOiIifQ==
~~~
plaintext  = 6bc1bee22e409f96e93d7e117393172a
ciphertext = ⟦hex:32⟧  (block ⟦n:1-4⟧ of the test vector)
~~~
0x⟦HEX:8⟧: 0F 1F 44 00 00 48 89 E5 ⟦HEX:2⟧ ⟦HEX:2⟧   nopl 0x0(%rax,%rax,1)
~~~
magic = b"\x89PNG\r\n\x1a\n"; color = 0x⟦HEX:6⟧; mask = 0x⟦HEX:8⟧; mac = "⟦colons:6⟧"
""",
    "minified": r"""
!function(e,t){"use strict";var n=t.token,r=e.key,o=n?n.value:null;e.p=function(a){return o&&o(a,r)}}(window,{token:0});
~~~
const a=e=>e.password?.length>=8,s=(t,k)=>({...t,key:k,token:t.token??null});export{a as v,s as w};
~~~
.k{color:#⟦hex:6⟧}.pw::before{content:"\2022"}.tok-⟦hex:5⟧{margin:0 auto;padding:⟦n:1-9⟧px}.css-⟦low:6⟧{display:flex}
~~~
--color-key: #⟦hex:6⟧; --token-space-4: ⟦n:1-90⟧px; --shadow-password: 0 1px 2px rgb(0 0 0 / .⟦n:10-90⟧);
~~~
{"color": {"token": {"value": "#⟦HEX:6⟧", "type": "color"}, "secret": {"value": "{color.token}"}}}
""",
}
