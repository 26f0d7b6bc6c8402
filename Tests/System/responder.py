"""One FastCGI request to the service's own socket: for what a web server in front would not send."""

import fcgi_client
from http_client import parse


def request(service, method, path, body=b"", parameters=()):
    """`parameters` is a mapping or a list of pairs; what it names, it names instead of the usual."""
    extra = list(dict(parameters).items()) if isinstance(parameters, dict) else list(parameters)
    usual = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": path, "QUERY_STRING": "", "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": "application/json" if body else "", "CONTENT_LENGTH": str(len(body)) if body else "",
        "REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "localhost", "REQUEST_SCHEME": "http", "HTTP_HOST": "localhost",
    }
    named = {name for name, _ in extra}
    pairs = [pair for pair in usual.items() if pair[0] not in named] + extra
    octets = (
        fcgi_client.begin(keep=False)
        + fcgi_client.stream(fcgi_client.PARAMS, fcgi_client.pairs(pairs))
        + fcgi_client.stream(fcgi_client.STDIN, body)
    )
    with fcgi_client.connect(str(service.home / "authfcgi.sock")) as connection:
        return parsed(fcgi_client.exchange(connection, octets))


def parsed(output):
    """The answer that a request's standard output is."""
    status = next(line for line in output.split(b"\r\n") if line.lower().startswith(b"status:"))
    return parse(b"HTTP/1.1" + status.partition(b":")[2] + b"\r\n" + output)
