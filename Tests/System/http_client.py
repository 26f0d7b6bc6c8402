"""A small HTTP/1.1 client over sockets: what was sent and what came back stay exactly as they were."""

import json
import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass
class Answer:
    status: int
    headers: list = field(repr=False)
    body: bytes

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name):
        values = self.all(name)
        assert len(values) <= 1, f"{name} came {len(values)} times: {values}"
        return values[0] if values else None

    @property
    def media_type(self):
        return (self.header("Content-Type") or "").split(";")[0].strip().lower()

    @property
    def json(self):
        assert self.media_type.endswith("json"), f"{self.header('Content-Type')} is not JSON: {self.body[:200]!r}"
        return json.loads(self.body)

    @property
    def message(self):
        return self.json["message"]

    @property
    def cookies(self):
        """Name -> (value, attributes in lower case); a cookie set twice is an error."""
        found = {}
        for line in self.all("Set-Cookie"):
            pair, *attributes = [part.strip() for part in line.split(";")]
            name, _, value = pair.partition("=")
            assert name not in found, f"{name} is set twice"
            found[name] = value, {
                key.strip().lower(): text.strip().lower() for key, _, text in (a.partition("=") for a in attributes)
            }
        return found


class Client:
    """One user agent: sends JSON, and keeps cookies unless it is told otherwise."""

    def __init__(self, port, headers=None):
        self.port = port
        self.headers = dict(headers or {})
        self.cookies = {}

    def request(self, method, path, body=None, headers=None, cookies=None):
        """`body` is octets as they are, or anything else as JSON. `cookies` stands in for the kept ones."""
        sent = dict(self.headers)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        cookies = self.cookies if cookies is None else cookies
        if cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        sent.update(headers or {})
        lines = {name: value for name, value in sent.items() if value is not None}
        answer = parse(exchange(self.port, _octets(self.port, method, path, body, lines), 30))
        for name, (value, attributes) in answer.cookies.items():
            if attributes.get("max-age") == "0" or not value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    def post(self, path, body=None, **more):
        return self.request("POST", path, {} if body is None else body, **more)

    def get(self, path, **more):
        return self.request("GET", path, **more)


def exchange(port, octets, timeout=15):
    """Sends octets over one connection; returns all that came until the web server closed it."""
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        connection.sendall(octets)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
        return answer


class KeptConnection:
    """One connection for many answers, each of which tells its length, comes in chunks or is the last."""

    def __init__(self, port):
        self.port = port
        self.socket, self.ahead = None, b""

    def send(self, octets):
        """The answer to a whole request; once more over another connection where the web server had closed this one, as it
        does after some number of requests."""
        for attempt in (1, 2):
            if self.socket is None:
                self.socket, self.ahead = socket.create_connection(("127.0.0.1", self.port), 30), b""
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self.socket.sendall(octets)
                return self._answer()
            except ConnectionError:
                self.socket.close()
                self.socket = None
                if attempt == 2:
                    raise

    def _answer(self):
        head = self._until(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        if b"transfer-encoding: chunked" in lines:
            body = b""
            while not body.endswith(b"\r\n0\r\n\r\n") and body != b"0\r\n\r\n":
                size = self._until(b"\r\n")
                body += size + self._exactly(int(size, 16) + 2)
        elif lengths := [line for line in lines if line.startswith(b"content-length:")]:
            body = self._exactly(int(lengths[0].split(b":")[1]))
        else:
            body = self._rest() if b"connection: close" in lines else b""
        return parse(head + body)

    def _rest(self):
        """All that comes until the other side closes."""
        octets, self.ahead = self.ahead, b""
        while more := self.socket.recv(65536):
            octets += more
        self.socket.close()
        self.socket = None
        return octets

    def _until(self, mark):
        while (end := self.ahead.find(mark)) < 0:
            self._more()
        octets, self.ahead = self.ahead[: end + len(mark)], self.ahead[end + len(mark) :]
        return octets

    def _exactly(self, length):
        while len(self.ahead) < length:
            self._more()
        octets, self.ahead = self.ahead[:length], self.ahead[length:]
        return octets

    def _more(self):
        chunk = self.socket.recv(65536)
        if not chunk:
            raise ConnectionResetError("the web server closed the connection")
        self.ahead += chunk


def _octets(port, method, path, content, headers, kept=False):
    """A whole request as octets; `Content-Length` is added to a body, and to a method that has one. The value of a header
    may be octets, too."""
    close = "" if kept else "Connection: close\r\n"
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{close}".encode("latin-1")
    if content is not None or method in ("POST", "PUT", "PATCH"):
        headers = {"Content-Length": str(len(content or b"")), **headers}
    for name, value in headers.items():
        head += name.encode() + b": " + (value if isinstance(value, bytes) else value.encode("latin-1")) + b"\r\n"
    return head + b"\r\n" + (content or b"")


def request_octets(port, method, path, body=None, headers=(), kept=False):
    """A whole request as octets, for `at_once`, or for a connection that is kept."""
    content = None if body is None else json.dumps(body).encode()
    types = {} if body is None else {"Content-Type": "application/json"}
    return _octets(port, method, path, content, {**types, **dict(headers)}, kept)


def post_octets(path, body, cookies, port):
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return request_octets(port, "POST", path, body, {"Cookie": cookie} if cookie else ())


def parse(octets):
    """An answer as it stood on a connection that was closed after it."""
    head, _, body = octets.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines]
    if any(k.lower() == "transfer-encoding" and v.lower() == "chunked" for k, v in headers):
        whole = b""
        while body:
            size, _, body = body.partition(b"\r\n")
            whole, body = whole + body[: int(size, 16)], body[int(size, 16) + 2 :]
        body = whole
    return Answer(int(first.split()[1]), headers, body)


def at_once(port, requests, timeout=30):
    """Sends requests over a connection each, all but their last octets first, then those as fast as the machine can:
    the web server has them whole within microseconds. Returns the answers in the order of the requests."""
    waiting = []
    for octets in requests:
        connection = socket.create_connection(("127.0.0.1", port), timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(octets[:-1])
        waiting.append(connection)
    time.sleep(0.005)
    for connection, octets in zip(waiting, requests):
        connection.send(octets[-1:])
    answers = [b""] * len(waiting)
    with selectors.DefaultSelector() as selector:
        for index, connection in enumerate(waiting):
            selector.register(connection, selectors.EVENT_READ, index)
        deadline = time.monotonic() + timeout
        while selector.get_map():
            assert time.monotonic() < deadline, "no answer in time"
            for key, _ in selector.select(1):
                chunk = key.fileobj.recv(65536)
                answers[key.data] += chunk
                if not chunk:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()
    return [parse(answer) for answer in answers]
