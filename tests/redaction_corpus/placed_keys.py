"""Private keys in every armour, whole or cut off, in the shapes they are pasted in; and web tokens."""

import base64
import json
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.redaction_corpus.case import BASE64, BASE64URL, HEX, LOWER, UPPER, draw
from tests.redaction_corpus.placed_makers import fill, pem_lines

DASH = "-" * 5
BECH32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
# Label, first bytes and sizes: what the numbers of real keys come to (DER or the agent's own format).
PEMS: dict[str, tuple[str, bytes, tuple[int, ...]]] = {
    "key_rsa": ("RSA PRIVATE KEY", b"\x30\x82\x04\xa4\x02\x01\x00\x02\x82\x01\x01\x00", (609, 900, 1192)),
    "key_ec": ("EC PRIVATE KEY", b"\x30\x77\x02\x01\x01\x04\x20", (121, 167, 223)),
    "key_dsa": ("DSA PRIVATE KEY", b"\x30\x82\x01\xbb\x02\x01\x00\x02\x81\x81\x00", (447, 672)),
    "key_openssh": (
        "OPENSSH PRIVATE KEY",
        b"openssh-key-v1\x00\x00\x00\x00\x04none\x00\x00\x00\x04none",
        (274, 399, 900),
    ),
    "key_pkcs8": ("PRIVATE KEY", b"\x30\x82\x04\xbe\x02\x01\x00\x30\x0d\x06\x09\x2a", (138, 634, 1192)),
    "key_encrypted": (
        "ENCRYPTED PRIVATE KEY",
        b"\x30\x82\x05\x0e\x30\x40\x06\x09\x2a\x86\x48\x86\xf7",
        (180, 677, 1218),
    ),
    "key_other_label": ("ANY PRIVATE KEY", b"\x30\x82\x01\x00", (138, 400)),
}
OTHER_LABELS = ("ED25519 PRIVATE KEY", "SSH2 PRIVATE KEY", "X25519 PRIVATE KEY", "ECDSA PRIVATE KEY", "ANY PRIVATE KEY")


class Key(NamedTuple):
    """The lines of an armoured key and those of them that are the secret."""

    lines: list[str]
    body: list[str]


def armoured(rng: random.Random, kind: str) -> Key:
    """Return a PEM-like key of `kind`, sometimes with the headers of the old encryption."""
    label, start, sizes = PEMS[kind]
    if kind == "key_other_label":
        label = rng.choice(OTHER_LABELS)
    body = pem_lines(rng, rng.choice(sizes), start, 70 if kind == "key_openssh" else 64)
    heads: list[str] = []
    if kind in ("key_rsa", "key_ec", "key_dsa") and rng.random() < 0.25:
        heads = ["Proc-Type: 4,ENCRYPTED", f"DEK-Info: AES-256-CBC,{draw(rng, HEX, 32).upper()}", ""]
    return Key([f"{DASH}BEGIN {label}{DASH}", *heads, *body, f"{DASH}END {label}{DASH}"], body)


def any_key(rng: random.Random) -> Key:
    """Return a short armoured key of a random label."""
    return armoured(rng, rng.choice(tuple(PEMS)))


def pgp(rng: random.Random) -> Key:
    """Return an OpenPGP private key block with its checksum line."""
    body = pem_lines(rng, rng.randint(300, 900), b"\x95\x05\x18\x04")
    heads = rng.choice(([""], ["Version: GnuPG v2", ""], ["Comment: shop release key", ""]))
    title, check = "PGP PRIVATE KEY BLOCK", "=" + draw(rng, BASE64, 4)
    return Key([f"{DASH}BEGIN {title}{DASH}", *heads, *body, check, f"{DASH}END {title}{DASH}"], body)


def ssh_com(rng: random.Random) -> Key:
    """Return a key in the armour of ssh.com: four dashes and spaces."""
    body = pem_lines(rng, rng.randint(400, 800), b"?o\xf9\xeb", 70)
    title = "SSH2 ENCRYPTED PRIVATE KEY"
    heads = [f'Comment: "2048-bit rsa, deploy@example.com, {rng.randint(2005, 2022)}"']
    return Key([f"---- BEGIN {title} ----", *heads, *body, f"---- END {title} ----"], body)


def _putty(rng: random.Random, version: int) -> Key:
    public, body = (
        pem_lines(rng, 279, b"\x00\x00\x00\x07ssh-rsa"),
        pem_lines(rng, rng.randint(200, 480), b"\x00\x00\x01\x00"),
    )
    derived = [
        "Key-Derivation: Argon2id",
        "Argon2-Memory: 8192",
        "Argon2-Passes: 13",
        f"Argon2-Salt: {draw(rng, HEX, 32)}",
    ]
    lines = [f"PuTTY-User-Key-File-{version}: {rng.choice(('ssh-rsa', 'ssh-ed25519', 'ecdsa-sha2-nistp256'))}"]
    lines += [f"Encryption: {rng.choice(('none', 'aes256-cbc'))}", "Comment: deploy@example.com"]
    lines += [f"Public-Lines: {len(public)}", *public, *(derived if version == 3 else [])]
    lines += [f"Private-Lines: {len(body)}", *body, f"Private-MAC: {draw(rng, HEX, 40 if version == 2 else 64)}"]
    return Key(lines, body)


def _cut(rng: random.Random, key: Key) -> Key:
    """Cut the key before its END; the last piece stays long enough to be told from chance."""
    count = rng.randint(1, len(key.body))
    kept = key.body[:count]
    kept[-1] = kept[-1][: rng.randint(min(16, len(kept[-1])), len(kept[-1]))]
    first = key.lines.index(key.body[0])
    ending = rng.choice(("", "...", " [truncated]", "\n...", "…"))
    lines = [*key.lines[:first], *kept]
    return Key([*lines[:-1], lines[-1] + ending], kept)


def _tail(rng: random.Random, key: Key) -> Key:
    """Cut the key's head off: what scrolled out of a terminal leaves only the last lines and END."""
    body = key.body[-min(len(key.body), rng.randint(3, 8)) :]
    return Key([*body, *key.lines[key.lines.index(key.body[-1]) + 1 :]], body)


def _indented(rng: random.Random, key: Key) -> str:
    gap = " " * rng.choice((2, 4, 6, 8))
    head = rng.choice((
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: deploy-key\nstringData:\n  id_rsa: |",
        "ssh:\n  user: deploy\n  key: |-",
        "- name: Install the key\n  copy:\n    dest: /home/deploy/.ssh/id_rsa\n    mode: '0600'\n    content: |",
        "tls:\n  enabled: true\n  private: >",
    ))  # fmt: skip
    return head + "\n" + "\n".join(gap + line for line in key.lines) + "\n" + "enabled: true"


def _escaped(rng: random.Random, key: Key) -> str:
    joined = rng.choice(("\n", "\r\n")).join(key.lines) + rng.choice(("", "\n"))
    name = rng.choice(("private_key", "privateKey", "key", "pem", "sshKey", "content"))
    once = json.dumps({"name": "deploy", name: joined, "port": rng.randint(22, 9000)}, indent=rng.choice((None, 2)))
    shape = rng.random()
    if shape < 0.3:
        return json.dumps({"level": "info", "message": once})
    if shape < 0.5:
        return f'{rng.choice(("APP_PRIVATE_KEY", "SIGNING_PEM"))}="{json.dumps(joined)[1:-1]}"\nAPP_PORT=8080'
    return once


def _code(rng: random.Random, key: Key) -> str:
    head, item, tail = rng.choice((
        ("String pem =\n", '    "{}\\n"', ";", ),
        ("key = (\n", '    "{}\\n"', "\n)"),
        ("const pem = [\n", "  '{}',", "\n].join('\\n');"),
        ("static const char *kKey =\n", '    "{}\\n"', ";"),
        ("$key = ''\n", "$key .= '{}' . \"\\n\";", ""),
        ("const pem = `\n", "{}", "`;\nconst signer = crypto.createSign('SHA256');"),
        ("var pem = \"\"\n", 'pem += "{}\\n"', "\nsigner, err := parse(pem)"),
    ))  # fmt: skip
    glue = " +\n" if head.startswith("String") else "\n"
    return head + glue.join(item.replace("{}", line) for line in key.lines) + tail


def _prefixed(rng: random.Random, key: Key) -> str:
    mark = rng.choice(("> ", ">> ", "    ", "| ", "+", "-", "# ", "// ", " * ", "\t", "INFO "))
    if rng.random() < 0.25:
        return "\n".join(f"{number:>4}  {line}" for number, line in enumerate(key.lines, 1))
    return "\n".join(mark + line for line in key.lines)


def _one_line(rng: random.Random, key: Key) -> str:
    """Join the lines by spaces or by nothing, as a form field or a shell variable does."""
    lines = (key.lines[0], *key.body, key.lines[-1])
    return f"KEY='{rng.choice((' ', '')).join(lines)}'"


def _wrapped(rng: random.Random, key: Key) -> tuple[str, list[str]]:
    """Return a PEM within base64: the value of a CI variable or a Secret."""
    text = base64.b64encode(("\n".join(key.lines) + "\n").encode()).decode()
    lead = rng.choice(("DEPLOY_KEY_B64=", "  tls.key: ", "echo ", "ssh-key: ", '{"data": "', "base64 -w0 gives "))
    tail = {"echo ": " | base64 -d > id_rsa", '{"data": "': '"}'}.get(lead, "")
    if rng.random() < 0.25:
        lines = [text[at : at + 76] for at in range(0, len(text) - 12, 76)]
        return "$ base64 id_rsa\n" + "\n".join(lines), lines
    return lead + text + tail, [text]


def _jwk(rng: random.Random) -> tuple[str, list[str]]:
    parts = {
        name: draw(rng, BASE64URL, size)
        for name, size in (("d", 342), ("p", 171), ("q", 171), ("dp", 171), ("qi", 171))
    }
    kid, shape = draw(rng, LOWER, 8), rng.randrange(3)
    if shape == 0:
        public = {"kty": "EC", "crv": "P-256", "kid": kid, "x": draw(rng, BASE64URL, 43), "y": draw(rng, BASE64URL, 43)}
        secret = {"d": draw(rng, BASE64URL, 43)}
    elif shape == 1:
        public, secret = {"kty": "RSA", "kid": kid, "use": "sig", "n": draw(rng, BASE64URL, 342), "e": "AQAB"}, parts
    else:
        public, secret = {"kty": "oct", "kid": kid, "alg": "HS256"}, {"k": draw(rng, BASE64URL, 43)}
    key = public | secret
    text = json.dumps({"keys": [key]} if rng.random() < 0.4 else key, indent=rng.choice((None, 2)))
    return text, list(secret.values())


def _age(rng: random.Random) -> tuple[str, list[str]]:
    key = "AGE-SECRET-" + "KEY-1" + draw(rng, BECH32, 58)
    public = "age1" + draw(rng, BECH32.lower(), 58)
    template = rng.choice((
        "# created: 2024-03-01T10:00:00Z\n# public key: {public}\n{key}",
        "SOPS_AGE_KEY={key} sops -d secrets.enc.yaml",
        "age --decrypt -i <(echo {key}) backup.age",
        'identities: ["{key}"]\nrecipients: ["{public}"]',
    ))  # fmt: skip
    return template.format(key=key, public=public), [key]


def _wireguard(rng: random.Random) -> tuple[str, list[str]]:
    template = rng.choice((
        "[Interface]\nAddress = 10.8.0.2/24\nPrivateKey = «!sharedkey»\n\n[Peer]\nPublicKey = «sharedkey2»\n"
        "?? PresharedKey = «!sharedkey3»\nEndpoint = «host»:51820\nAllowedIPs = 0.0.0.0/0",
        "wg genkey printed «!sharedkey» and wg pubkey made «sharedkey2»",
        "echo «!sharedkey» | wg pubkey",
        "wireguard:\n  private_key: «!sharedkey»\n  listen_port: 51820",
        "[Peer]\nPublicKey=«sharedkey»\nPresharedKey=«!sharedkey2»\nPersistentKeepalive=25",
    ))  # fmt: skip
    return fill(rng, template)


TOKENS = (
    "Authorization: Bearer «!{}»",
    'curl -s https://«host»/v1/orders -H "Authorization: Bearer «!{}»"',
    "The token is «!{}» and it expires in an hour.",
    "https://«host»/reset?token=«!{}»&lang=de",
    '{{"access_token":"«!{}»","token_type":"bearer","expires_in":3600}}',
    "const t = '«!{}»';\nconsole.log(jwt_decode(t));",
    "«day»T«time»Z WARN auth: token rejected: «!{}» (kid unknown)",
    "id_token=«!{}»",
    "«!{}»",
    "headers = {{'Authorization': f'JWT «!{}»'}}",
    "wss://«host»/socket?access_token=«!{}»",
    "| user | token |\n|---|---|\n| «user» | «!{}» |",
)

Made = tuple[str, list[str]]


def _show(key: Key) -> Made:
    return "\n".join(key.lines), key.body


SHAPES: dict[str, Callable[[random.Random], Made]] = {
    "key_pgp": lambda rng: _show(pgp(rng)),
    "key_ssh_com": lambda rng: _show(ssh_com(rng)),
    "key_putty_v2": lambda rng: _show(_putty(rng, 2)),
    "key_putty_v3": lambda rng: _show(_putty(rng, 3)),
    "key_age": _age,
    "key_wireguard": _wireguard,
    "key_jwk": _jwk,
    "key_base64_of_pem": lambda rng: _wrapped(rng, any_key(rng)),
    "jwt": lambda rng: fill(rng, rng.choice(TOKENS).format("jwt")),
    "jwe": lambda rng: fill(rng, rng.choice(TOKENS).format("jwe")),
}
DRESSED: dict[str, Callable[[random.Random, Key], str]] = {
    "key_yaml_indented": _indented,
    "key_json_escaped": _escaped,
    "key_in_code": _code,
    "key_line_prefixed": _prefixed,
    "key_one_line": _one_line,
    "key_crlf": lambda rng, key: "\r\n".join(key.lines),
}
CUT: dict[str, Callable[[random.Random, Key], str]] = {
    "key_cut_off": lambda rng, key: "\n".join(key.lines),
    "key_cut_off_escaped": _escaped,
    "key_cut_off_indented": _indented,
    "key_cut_off_in_code": _code,
    "key_cut_off_prefixed": _prefixed,
}


def snippets(rng: random.Random, rounds: int) -> Iterator[tuple[str, str, list[str]]]:
    """Yield kind, text and secrets, `rounds` times for every kind."""
    for _ in range(rounds):
        for kind in PEMS:
            yield kind, *_show(armoured(rng, kind))
        for kind, made in SHAPES.items():
            yield kind, *made(rng)
        for kind, dress in DRESSED.items():
            key = any_key(rng) if rng.random() < 0.8 else pgp(rng)
            yield kind, dress(rng, key), key.body
        for kind, dress in CUT.items():
            key = _cut(rng, rng.choice((any_key, any_key, pgp, ssh_com))(rng))
            yield kind, dress(rng, key), key.body
        yield "key_head_lost", *_show(_tail(rng, any_key(rng)))


# The alphabets above are checked to be of the right size once, here: a typing slip would make keys of no real kind.
if len(set(BECH32)) != 32 or set(BECH32) - set(UPPER + "0123456789"):
    raise ValueError(BECH32)
