"""The words that decisions about names and values turn on."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, for lists that are easier read as one."""
    return frozenset(text.split())


# A value made of these alone stands for a secret without being one: `my-secret-token`, `changeme`, `null`.
STAND_IN = word_set("""
    a an the my your our some this that any here there example sample dummy fake test testing placeholder
    change changeme changeit me it todo tbd fixme none null nil undefined true false yes no on off empty unset
    default redacted hidden masked removed censored omitted secret secrets password passwd pass pwd passphrase
    token tokens key keys api apikey access auth client credentials credential value string str bytes text
    char varchar int integer number boolean bool object any optional required unknown invalid missing wrong
    incorrect expired enabled disabled input prompt user username go goes insert replace with real actual
    private public app mysecret mypassword mytoken notasecret n na s bearer basic digest inherit plain
    plaintext stdin env environ variable stored see below above secretstr type foo bar baz foobar encrypted
    hashed new old current confirm generated random strong option options flag argument parameter not fake for tests
    demo incorrect compromised weak correct leaked forgotten temporary protected safe unsafe known after apply mandatory
    required. same different other another blank short long valid set unset given provided later soon
    case sensitive stored plain encrypted secure never
""")

# A sentence or a label that has one of these speaks about secrets.
SECRET = word_set("""
    password passwords passwort kennwort passwd passphrase passe contraseña senha wachtwoord token tokens
    secret secrets key
""")

# Words that sentences are made of and passphrases mostly are not.
PROSE = word_set("""
    a an the is are was be been must should can may will to of in on at for with your you my we it and or not
    no if please enter least use used this that from by as has have does ist der die das und nicht ein eine
    bitte
""")

# The first half of a name written in two words: `API key`.
FIRST = word_set("""
    api access secret private client auth account signing encryption master app subscription shared preshared
    pre-shared
""")

# What may follow a name's telling word without changing what it is: `PASSWORD_PROD`.
NEUTRAL = word_set("""
    prod production dev development staging stage test testing qa live local default value old new current v
    eu us uk de fr ap east west north south internal external copy tmp temp shared
    previous next primary secondary main backup base64 b64 plain raw text string str env
""")

# What turns it into something else: `token_count` is a count, `password_file` a file.
OTHER_THING = word_set("""
    count counts hint hints type types url urls uri endpoint field fields name names id ids length len size
    limit limits expiry expires expire expiration exp ttl lifetime age policy path paths file files filename
    dir directory format prefix suffix regex pattern label labels placeholder required enabled disabled reset
    strength error errors message msg title description desc ref refs manager store storage provider validator
    validators encryption hashing hasher hashers change changes last rules check
    checker meter generation protection authentication autocomplete input inputs reference references
    service class version usage budget cost price index idx position pos input box form page algorithm alg
    scheme method header headers hdr param arn at date time timeout list map set generator factory handler helper
    util utils encoder decoder model schema changed updated created rotation window rate max min num per ratio
    score mask embedding embeddings probs logprobs reuse history attempts confirmation middleware callback
    mode kind status state source support public publishable domain host port user username email region scope scopes
    audience issuer txt pdf zip md json yaml yml csv html htm js ts py rb go rs java sh sql
    png jpg svg log lock gz tar toml ini cfg conf xml docx xlsx
    stdin prompt command cmd fd interactive
""")

# What a telling word means after these: a parser's or a page's token, not a credential.
OTHER_BEFORE = word_set("""
    csrf xsrf next page continuation cursor max min num total count stop pad eos bos unk cls sep mask special
    syntax lexer design sync forgot show hide toggle public primary foreign has is no existing
    cache restore
""")

# What many people choose, whatever it looks like: the tops of every published list of leaked passwords.
COMMON_PASSWORDS = word_set("""
    qwerty qwertz azerty asdfgh zxcvbn qwertyuiop poiuyt asdfghjkl zxcvbnm letmein hunter2 iloveyou trustno1 monkey
    dragon sunshine princess football baseball superman batman shadow master1 passw0rd p@ssw0rd p@ssword pa55word
    pa$$w0rd admin123 root123 toor welcome1 abc123 1q2w3e4r 1q2w3e 1qaz2wsx qazwsx q1w2e3r4 zaq12wsx password1
    password123 passwort1 passwort123 12345678a changeme1 starwars whatever liverpool
""")
