"""An SMS gateway for tests: takes texts over HTTP and remembers them, and can be as bad as real ones."""

import http.server
import threading
import time


class Gateway:
    """`mode` is "well", a status, "hang", "drop" or (status, header, value); who hangs does so until it is something else.
    Runs from `with` on."""

    def __init__(self, port=0):
        self.mode = "well"
        self.requests = []
        self.pause = 0
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                count = int(self.headers["Content-Length"])
                body = self.rfile.read(count)
                if len(body) < count:
                    # Who sent it died on the way: no text was handed over.
                    self.close_connection = True
                    return
                mode = gateway.mode
                time.sleep(gateway.pause)
                if mode == "hang":
                    while gateway.mode == "hang":
                        time.sleep(0.05)
                    self.close_connection = True
                    return
                if mode == "drop":
                    self.close_connection = True
                    return
                gateway.requests.append((time.time(), self.path, dict(self.headers), body, mode))
                status, *field = mode if isinstance(mode, tuple) else (200 if mode == "well" else mode,)
                self.send_response(status)
                if field:
                    self.send_header(*field)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self._server = Server(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/send?key=1"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.mode = "well"
        self._server.shutdown()
        self._server.server_close()

    @property
    def taken(self):
        """The time and the body of each text that was answered well."""
        return [(moment, body) for moment, _, _, body, mode in list(self.requests) if mode == "well"]
