"""Joints: what stands between a key's name and its value, in whatever language the text is.

The name ends somewhere; what follows it says what kind of value comes, and how much that value has to convince:

* assign: `=`, `:`, `=>`, `:=`, `->`, `<-` and their relatives, with a type or a wrapper around the value where a
  language has one
* pair: `"name": "X", "value": "..."`, on one line or two
* call: `setPassword("...")`
* comma: `define('X', '...')`, `["--password", "..."]`
* element: the end of a tag, `</key><string>`
* block: `variable "x" { default = "..." }`
* part: a part of a form, whose value stands below an empty line
* space: `#define X "..."`, `--token X`, `ENV X "..."`
"""

import re

Joint = re.Match[str]

_QUOTE = r"(?:\\{0,7}+[\"'`])?+"
_TYPE = (
    r"(?:[\w.]{1,40}+(?:\[[\w., |]{0,40}+\]|<[\w., |]{0,40}+>)?+|&'?\w{1,20}+(?:[ ]str)?+)[?!]?+"
    r"(?:[ ]?\|[ ]?\w{1,20}+){0,3}+"
)
_WRAPPERS = (
    r"(?:String::from|String\.valueOf|new[ ]String|SecretStr|Secret|SecretString|new[ ]SecretString|SecretString::new"
    r"|Secret::new|SecretString::from|Zeroizing::new|Password|Buffer\.from|b64decode|base64\.b64decode"
    r"|\[\]byte|Some|str|String|bytes|Data|new[ ]Password|decode|Optional\.of|SecureString|new[ ]SecureString"
    r"|ConvertTo-SecureString|std::string|NSString|QString"
    r"|(?i:md5|sha1|sha2|sha256|sha512|password|crypt|encrypt|pgp_sym_encrypt|aes_encrypt)"
    r"|QByteArray|L|NSData|System\.Text\.Encoding\.UTF8\.GetBytes)"
)
_DECODERS = (
    r"(?:bytes\.fromhex|bytearray\.fromhex|(?:binascii\.)?unhexlify|binascii\.a2b_hex|hex2bin|hex\.DecodeString|hex::decode"
    r"|Hex\.decode(?:Hex)?|Uint8Array\.fromHex|hexToBytes|Convert\.From(?:Hex|Base64)String|Encoding\.(?:UTF8|ASCII)\.GetBytes"
    r"|base64\.urlsafe_b64decode|base64\.decode|Base64\.(?:strict_|urlsafe_)?decode(?:64)?|base64_decode|atob"
    r"|base64\.StdEncoding\.DecodeString|Base64\.getDecoder\(\)\.decode|CryptoJS\.enc\.(?:Hex|Utf8|Base64)\.parse"
    r"|(?:new[ ])?TextEncoder\(\)\.encode|bytearray|new[ ]SecretKeySpec)"
)
"""What makes the bytes of a key out of its text."""
_ASKED = (
    r"(?:process\.env\.\w{1,60}|process\.env\[[^\]\n]{1,60}\]|os\.environ\.get\([^()\n]{1,60}\)|os\.getenv\([^()\n]{1,60}\)|ENV\[[^\]\n]{1,60}\]"
    r"|\$ENV\{[^}\n]{1,60}\}|getenv\([^()\n]{1,60}\)|System\.getenv\([^()\n]{1,60}\)|import\.meta\.env\.\w{1,60}|\$_ENV\[[^\]\n]{1,60}\]"
    r"|Environment\.GetEnvironmentVariable\([^()\n]{1,60}\)|config\.\w{1,40})"
)
JOINT = re.compile(
    rf"""
      (?P<scalar> {_QUOTE} [ \t]{{0,8}}+ :[ \t]{{1,8}}+ [|>][-+0-9]{{0,2}}+ [ \t]{{0,8}}+ (?:\r?\n|\\n)
        [>+]?+ [ \t]{{1,60}}+ )
    | (?P<cell> {_QUOTE} \*{{0,2}}+ [ \t]{{0,40}}+ \| [ \t]{{0,40}}+ (?=[^\s|]) )
    | (?P<object> {_QUOTE} [ \t]{{0,4}}+ [:=] \s{{0,8}}+ \{{ \s{{0,60}}+
        {_QUOTE} (?:value|default|raw|plaintext) {_QUOTE} [ \t]{{0,4}}+ [:=] [ \t]{{0,4}}+ )
    | (?P<assign> {_QUOTE} [\]}})]?+ (?:\[[0-9]{{0,4}}\])?+ \*{{0,2}}+ [ \t]{{0,40}}+
        (?: :[ \t]{{0,4}}+{_TYPE}[ \t]{{1,4}}+=(?![=>])
          | (?:string|char|\[\]byte|As[ ]String|as[ ]string|varchar|text|const|String)[ ]{{1,4}}+=(?![=>])
          | \{{[ ]get;(?:[ ](?:private[ ]|init;)?set;)?(?:[ ]init;)?[ ]\}}[ ]=
          | (?P<quoted_only>[=!]==?|=>|->|<-|~>|(?:to|\|\||\?\?|or)(?=[ ]["'`])|\{{(?=["'])) | :=|\?\?=|\|\|=|\?=|\+=
          | :(?!:|//) | ： | =(?!~) )
        \*{{0,2}}+ [ \t]{{0,40}}+ (?:&\w{{1,20}}[ \t]{{1,4}}|!!?(?:str|binary|unsafe|int|env_default)[ \t]{{1,4}})?+
        (?:{_ASKED} [ \t]{{0,4}}+ (?:\?\?|\|\||or|\?:|:|//) [ \t]{{0,4}}+ (?=["'`]))?+
        (?:[(\[] \s{{0,40}}+ (?=["'`]))?+ (?:(?:{_WRAPPERS}|{_DECODERS})\([ \t]{{0,4}}+){{0,2}}+
        (?:ConvertTo-SecureString[ ](?:-(?:String|AsPlainText|Force)[ ]){{0,3}})?+ )
    | (?P<encoded> %3[dD] )
    | (?P<pair> {_QUOTE} ,?+ \s{{1,60}}+ (?:[>+#][ \t]{{1,40}}+)?+ {_QUOTE} (?i:default)?(?i:value) {_QUOTE}
        [ \t]{{0,8}}+ [:=] [ \t]{{0,8}}+ )
    | (?P<tight_pair> \\{{0,7}}+["'] , \\{{0,7}}+["']value\\{{0,7}}+["'] [ \t]{{0,4}}+ : [ \t]{{0,4}}+ )
    | (?P<element> </[\w:.-]{{1,24}}+>\s{{0,40}}+<[\w:.-]{{1,24}}+> )
    | (?P<call> \((?=[bruf@$]{{0,2}}["']) )
    | (?P<comma> \\{{0,7}}+["'] [ \t]{{0,4}}+ (?:,\s{{0,20}}+
          (?:(?:type|help|required|envvar|prompt)=[^,\n]{{1,60}},\s{{0,20}})?(?:\{{\s{{0,8}}+)?
          (?:(?:default|default_value|initial|fallback)\s{{0,2}}[=:]\s{{0,2}})?+
          |\)[ ]{{0,4}}+(?:\{{|\|\||or|\?\?|\?:)[ ]{{0,4}}+)
        (?=\\{{0,7}}+["'`]) )
    | (?P<block> \\?["'] [ \t]{{0,4}}+ \{{ (?:[^{{}}"']|"[^"\n]{{0,80}}"){{0,200}}?
        \bdefault [ \t]{{0,12}}+ = [ \t]{{0,4}}+ )
    | (?P<part> \\?["'] (?:\r?\n|\\r\\n|\\n)
        (?:Content-[\w-]{{1,20}}:[^\r\n\\]{{0,60}} (?:\r?\n|\\r\\n|\\n))? (?:\r?\n|\\r\\n|\\n) )
    | (?P<said> [)\]]?+ {_QUOTE} [ \t]{{1,3}}+ (?:is|was|to|→|[ ]=)[ \t]{{1,3}}+ (?=[^\s]) )
    | (?P<space> (?: ["'],[ \t]{{1,4}}+(?=["']) | [ \t]{{1,4}}+(?=[^\s-]) ) )
    """,
    re.VERBOSE | re.ASCII,
)
FALLBACK = re.compile(r"(?P<fallback>:[-=]?(?=[^}\s?+]))")
REST_OF_TAG = re.compile(r"(?P<element>[\"']?(?:\s[^<>]{0,200}+)?+>|&gt;)")

_SETTING_CALL = re.compile(
    r"(?:set|put|define|option|prop|env|fetch|get|field|param|add|conf|header|insert|append|store|write|update|with)\w{0,24}[\"']?\)?\("
    r"\s{0,20}(?:\\{0,3}[\"'][\w .:-]{0,40}\\{0,3}[\"']\s{0,4},\s{0,20})?\\{0,3}[\"']\Z",
    re.IGNORECASE,
)


def sets_something(text: str, name_start: int) -> bool:
    """Return whether the name stands in a call like `setProperty("`, which gives the next argument to it."""
    return _SETTING_CALL.search(text[max(0, name_start - 90) : name_start]) is not None
