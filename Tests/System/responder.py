"""One FastCGI request to the service's own socket: for what a web server in front would not send."""

import socket
import struct

from http_client import Answer, parse

BEGIN, END, PARAMETERS, INPUT, OUTPUT, ERRORS = 1, 3, 4, 5, 6, 7


def _record(kind, content=b""):
    return struct.pack("!BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def _length(octets):
    return bytes([len(octets)]) if len(octets) < 128 else struct.pack("!I", len(octets) | 1 << 31)


def request(service, method, path, body=b"", parameters=()):
    """`parameters` is a mapping or a list of pairs, and comes after (and instead of) what every request has."""
    extra = list(dict(parameters).items()) if isinstance(parameters, dict) else list(parameters)
    names = {name for name, _ in extra}
    usual = {
        "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1", "REQUEST_METHOD": method, "SCRIPT_NAME": path,
        "QUERY_STRING": "", "REQUEST_URI": path, "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(body)) if body else "", "REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "REQUEST_SCHEME": "http", "HTTP_HOST": "localhost",
    }
    pairs = [pair for pair in usual.items() if pair[0] not in names] + extra
    encoded = b""
    for name, value in pairs:
        name, value = name.encode(), value.encode()
        encoded += _length(name) + _length(value) + name + value
    octets = _record(BEGIN, struct.pack("!HB5x", 1, 0)) + _record(PARAMETERS, encoded) + _record(PARAMETERS)
    for start in range(0, len(body), 65535):
        octets += _record(INPUT, body[start : start + 65535])
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(15)
        connection.connect(str(service.home / "authfcgi.sock"))
        connection.sendall(octets + _record(INPUT))
        return _answer(connection.makefile("rb"))


def _answer(stream) -> Answer:
    output = b""
    while header := stream.read(8):
        _, kind, _, length, padding, _ = struct.unpack("!BBHHBB", header)
        content = stream.read(length)
        stream.read(padding)
        if kind == OUTPUT:
            output += content
        if kind == END:
            assert content[4] == 0, f"protocol status {content[4]}"
            break
    head, _, body = output.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n"))
    return parse(b"HTTP/1.1 " + fields.get("Status", "200").encode() + b"\r\n" + head + b"\r\n\r\n" + body)
