"""A FastCGI 1.0 client in the part of the web server, for tests: whole requests, and any piece of one."""

import socket
import struct

BEGIN, ABORT, END, PARAMS, STDIN, STDOUT, STDERR, GET_VALUES = 1, 2, 3, 4, 5, 6, 7, 9
RESPONDER, AUTHORIZER = 1, 2


class Closed(Exception):
    """The other side closed before the answer was whole."""


def record(kind, content=b"", request_id=1, padding=0, version=1):
    return struct.pack(">BBHHBx", version, kind, request_id, len(content), padding) + content + bytes(padding)


def begin(role=RESPONDER, keep=True, request_id=1):
    return record(BEGIN, struct.pack(">HB5x", role, keep), request_id)


def length(count):
    return bytes([count]) if count < 128 else struct.pack(">I", count | 1 << 31)


def pairs(parameters):
    octets = b""
    for name, value in parameters:
        name, value = name.encode(), value.encode()
        octets += length(len(name)) + length(len(value)) + name + value
    return octets


def stream(kind, octets, request_id=1, piece=65528):
    records = [record(kind, octets[at : at + piece], request_id) for at in range(0, len(octets), piece)]
    return b"".join(records) + record(kind, b"", request_id)


def request(path="/healthz", body=b"", method=None, keep=True, role=RESPONDER, query="", extra=(), request_id=1,
            piece=65528):
    """The octets of a whole request."""
    parameters = [
        ("REQUEST_METHOD", method or ("POST" if body else "GET")),
        ("SCRIPT_NAME", path),
        ("REQUEST_URI", f"{path}?{query}" if query else path),
        ("QUERY_STRING", query),
        ("SERVER_PROTOCOL", "HTTP/1.1"),
        ("REMOTE_ADDR", "127.0.0.1"),
        ("HTTP_HOST", "localhost"),
        ("CONTENT_TYPE", "application/json" if body else ""),
        ("CONTENT_LENGTH", str(len(body)) if body else ""),
        *extra,
    ]
    octets = begin(role, keep, request_id) + stream(PARAMS, pairs(parameters), request_id)
    return octets + (stream(STDIN, body, request_id, piece) if role == RESPONDER else b"")


def connect(address, timeout=10):
    """A connection to a path, or to a (host, port)."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    connection.settimeout(timeout)
    connection.connect(address)
    return connection


def receive(connection, count):
    octets = b""
    while len(octets) < count:
        try:
            piece = connection.recv(count - len(octets))
        except ConnectionError as error:
            raise Closed(str(error)) from error
        if not piece:
            raise Closed(f"after {len(octets)} of {count} octets")
        octets += piece
    return octets


def answer(connection, request_id=1):
    """The standard output of the request, to its END_REQUEST."""
    output = b""
    while True:
        version, kind, answered, count, padding = struct.unpack(">BBHHBx", receive(connection, 8))
        content = receive(connection, count + padding)[:count]
        assert version == 1 and answered == request_id, (version, kind, answered)
        if kind == STDOUT:
            output += content
        elif kind == END:
            assert content[4] == 0, content
            return output


def exchange(connection, octets=None, request_id=1, **arguments):
    """Sends a request and waits for its answer."""
    try:
        connection.sendall(octets if octets is not None else request(request_id=request_id, **arguments))
    except ConnectionError as error:
        raise Closed(str(error)) from error
    return answer(connection, request_id)


def is_closed(connection, timeout=3.0):
    """Whether the other side has closed, or does so in this time, without a word."""
    connection.settimeout(timeout)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True
