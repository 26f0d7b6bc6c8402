"""Signed tokens (RFC 7515, RFC 7519) made by hand: whole ones, and all that somebody might try instead."""

import base64
import hashlib
import hmac
import json
import time

JSON = {"separators": (",", ":"), "ensure_ascii": False}


def encode(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def as_octets(value):
    """JSON of a value; octets and text stay as they are."""
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else json.dumps(value, **JSON).encode()


def hs256(key, hash=hashlib.sha256):
    return lambda signed: hmac.new(key, signed, hash).digest()


def token(header, claims, sign):
    """A token in the compact form; `sign` makes the signature of what stands before the second dot."""
    signed = f"{encode(as_octets(header))}.{encode(as_octets(claims))}"
    return f"{signed}.{encode(sign(signed.encode()))}"


def keys(file):
    """The HS256 keys of a key file by id."""
    lines = [line.split(":") for line in file.read_text().split() if line.count(":") == 1]
    return {name: base64.b64decode(key) for name, key in lines}


class Original:
    """A good token, and its likes under the service's own key."""

    def __init__(self, text, key_file):
        self.text = text
        self.parts = text.split(".")
        self.header, self.claims = (json.loads(decode(part)) for part in self.parts[:2])
        self.key = keys(key_file)[self.header["kid"]]

    def like(self, header=None, claims=None, without=(), key=None, sign=None):
        """The token with other members in its header or claims, signed anew."""
        header = header if isinstance(header, (bytes, str)) else {**self.header, **(header or {})}
        if not isinstance(claims, (bytes, str)):
            claims = {k: v for k, v in {**self.claims, **(claims or {})}.items() if k not in without}
        return token(header, claims, sign or hs256(self.key if key is None else key))


def _headers(original):
    """Headers that are not, octet by octet, the one of the service, each under its own key."""
    for name in ("none", "None", "NONE", "nOnE", "nonE", "none ", "", None, 0, False, [], {}):
        yield f"alg {name!r}", original.like({"alg": name})
    for name in ("hs256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA", "A256GCMKW", "dir", "HS256\x00"):
        yield f"alg {name!r}", original.like({"alg": name})
    yield "no alg", original.like(json.dumps({"typ": "JWT", "kid": original.header["kid"]}, **JSON))
    yield "no kid", original.like('{"alg":"HS256","typ":"JWT"}')
    yield "no typ", original.like(json.dumps({"alg": "HS256", "kid": original.header["kid"]}, **JSON))
    for name in ("", "k0", "k1 ", "K1", "../../../../dev/null", "/dev/null", "k1\x00", "' UNION SELECT 'x", "x" * 3000, None,
                 1, True, ["k1"], {"k1": 1}):
        if name != original.header["kid"]:
            yield f"kid {name!r:.30}", original.like({"kid": name})
    jwk = {"kty": "oct", "k": encode(b"x" * 32), "alg": "HS256"}
    for name, value in {
        "crit": ["exp"], "crit ": [], "b64": False, "jwk": jwk, "jku": "http://127.0.0.1:1/keys", "x5u": "http://127.0.0.1:1/x",
        "x5c": ["AA=="], "x5t": "AA", "zip": "DEF", "cty": "JWT", "enc": "A256GCM", "typ": "at+jwt", "typ ": "jwt", "exp": 1,
    }.items():
        yield f"header {name}", original.like({name.strip(): value})
    yield "crit and b64", original.like({"crit": ["b64"], "b64": False})
    yield "jwk under its key", original.like({"jwk": jwk}, key=b"x" * 32)
    whole = json.dumps(original.header, **JSON)
    yield "spaces in the header", original.like(whole.replace(",", ", "))
    yield "order of the header", original.like(json.dumps(dict(reversed(original.header.items())), **JSON))
    yield "alg twice", original.like(whole.replace("{", '{"alg":"none",'))
    yield "alg twice, last none", original.like(whole.replace("}", ',"alg":"none"}'))
    for value in ("", "{}", "[]", "null", '"HS256"', "{", b"\xef\xbb\xbf" + whole.encode(), whole + " ", b"\xff", "[" * 5000):
        yield f"header is {value!r:.20}", original.like(value)


def _signatures(original, other_keys):
    """No signature, or somebody else's."""
    head, body, signature = original.parts
    unsigned = [encode(as_octets({"alg": name, "typ": "JWT"})) for name in ("none", "None", "NONE", "nOnE")]
    for header in unsigned:
        yield f"{header} and no signature", f"{header}.{body}."
        yield f"{header} and two parts", f"{header}.{body}"
        yield f"{header} and a signature", f"{header}.{body}.{signature}"
    for name, key in {
        "empty": b"", "of a zero octet": b"\0", "of zeros": bytes(32), "secret": b"secret", "of its id": original.header["kid"].encode(),
        "in base64": base64.b64encode(original.key), "cut": original.key[:-1], "longer": original.key + b"\0x",
        "of the header": head.encode(), **other_keys,
    }.items():
        yield f"key {name}", original.like(key=key)
    for name in ("sha1", "sha384", "sha512", "sha3_256"):
        yield f"hash {name}", original.like(sign=hs256(original.key, getattr(hashlib, name)))
    yield "plain hash", original.like(sign=lambda signed: hashlib.sha256(original.key + signed).digest())
    octets = decode(signature)
    for name, value in {"zeros": bytes(32), "nothing": b"", "half": octets[:16], "cut": octets[:-1], "more": octets + b"\0",
                        "backwards": octets[::-1], "twice": octets * 2}.items():
        yield f"signature {name}", f"{head}.{body}.{encode(value)}"
    yield "claims changed", f"{head}.{encode(as_octets({**original.claims, 'exp': original.claims['exp'] + 1}))}.{signature}"


def _shapes(original):
    """What is no compact form, or another spelling of it."""
    text, (head, body, signature) = original.text, original.parts
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    yield "spare bits", text[:-1] + last[last.index(text[-1]) ^ 1]
    for name, value in {
        "padded": text + "=", "padded twice": text + "==", "header padded": f"{head}=.{body}.{signature}",
        "claims padded": f"{head}.{body}=.{signature}", "dot at the end": text + ".", "dot before": "." + text, "two dots": ".." ,
        "three dots": "...", "five parts": f"{text}.{head}.{body}", "four parts": f"{text}.{signature}", "header alone": head,
        "header twice": f"{head}.{head}.{body}.{signature}", "no header": f".{body}.{signature}", "no claims": f"{head}..{signature}",
        "space inside": f"{head}. {body}.{signature}", "tab inside": f"{head}.\t{body}.{signature}", "quoted": f'"{text}"',
        "in angles": f"<{text}>", "upper case": text.upper(), "lower case": text.lower(), "swapped": f"{body}.{head}.{signature}",
        "comma": f"{text},{text}", "two tokens": f"{text} {text}", "semicolon": text + ";", "percent": text.replace(".", "%2E"),
        "standard alphabet": text.replace("-", "+").replace("_", "/") + "+", "slash": text + "/", "not ASCII": text + "é",
        "cut": text[:-1], "cut before": text[1:], "longer": text + "A", "long": text + "A" * 4000, "dots": "." * 4000,
        "JSON form": json.dumps({"payload": body, "protected": head, "signature": signature}, **JSON), "null": "null",
        "undefined": "undefined", "encrypted form": f"{head}..{encode(bytes(12))}.{body}.{signature}", "one letter": "A",
    }.items():
        yield name, value


def _claims(original, realms, kinds):
    """Claims that are not what the service writes, under its own key."""
    now = int(time.time())
    for name in ("iss", "aud", "sub", "sid", "jti", "iat", "exp", "typ"):
        yield f"no {name}", original.like(without=(name,))
        for value in ("", None, [], {}, True, -1, [original.claims[name]], {"a": original.claims[name]}):
            yield f"{name} {value!r:.30}", original.like(claims={name: value})
        if isinstance(original.claims[name], int):
            yield f"{name} as text", original.like(claims={name: str(original.claims[name])})
            whole = json.dumps(original.claims, **JSON)
            for number in (f"{original.claims[name]}.0", f"{original.claims[name]}.5", "1e999", "1e10", str(2**63), str(2**64),
                           "9" * 400, "NaN", "0x7fffffff", f"0{original.claims[name]}"):
                yield f"{name} {number:.20}", original.like(claims=whole.replace(
                    f'"{name}":{original.claims[name]}', f'"{name}":{number}'))
        else:
            yield f"{name} as number", original.like(claims={name: 1})
    for name, value in {
        "expired": {"iat": now - 100, "exp": now - 1}, "expiring": {"iat": now - 100, "exp": now}, "long expired": {"iat": 1, "exp": 2},
        "issued tomorrow": {"iat": now + 86400}, "issued in a minute": {"iat": now + 60}, "issued after its end": {"iat": now + 3, "exp": now + 2},
        "not before yesterday": {"nbf": now - 86400}, "not before tomorrow": {"nbf": now + 86400}, "not before text": {"nbf": "x"},
        "another issuer": {"iss": "https://elsewhere.example"}, "issuer with a slash": {"iss": original.claims["iss"] + "/"},
        "another session": {"sid": encode(b"x" * 32)}, "half a session": {"sid": original.claims["sid"][:20]},
        "padded session": {"sid": original.claims["sid"] + "="}, "session in hexadecimal": {"sid": "ab" * 32},
        "session by SQL": {"sid": "' OR 1=1 -- "}, "id is a number": {"id": 1}, "id is a list": {"id": [original.claims["sub"]]},
        "account in capitals": {"sub": "F" * 24}, "account too short": {"sub": "ab"}, "account too long": {"sub": "a" * 26},
    }.items():
        yield name, original.like(claims=value)
    for realm in realms:
        yield f"for {realm!r}", original.like(claims={"aud": realm})
    yield "for two", original.like(claims={"aud": [original.claims["aud"], "x"]})
    for kind in kinds:
        yield f"kind {kind!r}", original.like(claims={"typ": kind})
    whole = json.dumps(original.claims, **JSON)
    yield "exp twice", original.like(claims=whole.replace("{", '{"exp":1,'))
    yield "exp twice, last good", original.like(claims=whole.replace("}", f',"exp":{now + 1000}}}'))
    yield "sub twice", original.like(claims=whole.replace("}", f',"sub":"{original.claims["sub"]}"}}'))
    yield "sub twice, escaped", original.like(claims=whole.replace("}", ',"s\\u0075b":"x"}'))
    for value in ("", "{}", "[]", "null", "true", '"x"', "{", whole[:-1], whole + "}", b"\xef\xbb\xbf" + whole.encode(), b"\xff" * 20,
                  f"[{whole}]", "[" * 5000, '{"a":' * 1000, whole.encode("utf-16"), whole.replace('"', "'")):
        yield f"claims are {value!r:.20}", original.like(claims=value)


def attempts(original, other_keys, realms, kinds):
    """(what, token) pairs; none of the tokens may be taken."""
    yield from _headers(original)
    yield from _signatures(original, other_keys)
    yield from _shapes(original)
    yield from _claims(original, realms, kinds)
    for size in (3000, 5500):
        yield f"{size} octets of claims", original.like(claims={"x": "y" * size, "exp": 1})


def flips(text):
    """The text with one bit other, for every bit that leaves something that a header field can carry."""
    for at, character in enumerate(text):
        for bit in range(8):
            flipped = chr(ord(character) ^ 1 << bit)
            if "!" <= flipped <= "~" or "\xa1" <= flipped:
                yield text[:at] + flipped + text[at + 1 :]
