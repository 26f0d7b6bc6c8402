#!/usr/bin/env python3
"""A proxy between a client and MariaDB, on Unix sockets, that cuts a connection at a chosen packet.

    wire_cutter.py LISTEN UPSTREAM ORDER

LISTEN    the socket that clients connect to; it is there once the proxy is ready
UPSTREAM  the server's socket
ORDER     a file; when it is there, its one line is obeyed once and the file removed:
            before COMMIT   cut in place of forwarding the next COMMIT
            after COMMIT    forward the next COMMIT, wait for its answer, and cut in place of forwarding the answer
            packet N        cut in place of forwarding the N-th packet from now on (1 is the next) from any client

A cut closes both sides of that one connection. Other words than COMMIT are looked for likewise, at the start of a
statement's text, in COM_QUERY and COM_STMT_PREPARE. Write ORDER beside its place and rename it, so that it is whole.

The Swift tests start it themselves when AUTHFCGI_TEST_WIRE_CUTTER holds the path of this file.
"""
import os
import socket
import sys
import threading

COM_QUERY, COM_STMT_PREPARE = 0x03, 0x16


class Orders:
    """The order under way, shared by all connections."""

    def __init__(self, path):
        self.path = path
        self.lock = threading.Lock()
        self.countdown = 0

    def judge(self, packet):
        """None, "before" or "after", for a whole packet from a client."""
        with self.lock:
            if self.countdown:
                self.countdown -= 1
                return "before" if self.countdown == 0 else None
            try:
                with open(self.path) as file:
                    verb, argument = file.read().split()
            except (FileNotFoundError, ValueError):
                return None
            if verb == "packet":
                os.unlink(self.path)
                self.countdown = int(argument) - 1
                return "before" if self.countdown == 0 else None
            is_text = len(packet) > 4 and packet[4] in (COM_QUERY, COM_STMT_PREPARE)
            if is_text and packet[5:].upper().startswith(argument.upper().encode()):
                os.unlink(self.path)
                return verb
            return None


def packets(source):
    """The whole packets from a socket, each with its header of four octets."""
    buffer = b""
    while data := source.recv(65536):
        buffer += data
        while len(buffer) >= 4 and len(buffer) >= (size := 4 + int.from_bytes(buffer[:3], "little")):
            yield buffer[:size]
            buffer = buffer[size:]


def cut(*ends):
    for end in ends:
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client, upstream_path, orders):
    server = socket.socket(socket.AF_UNIX)
    with client, server:
        try:
            server.connect(upstream_path)
        except OSError:
            return
        is_muted, is_answered = threading.Event(), threading.Event()

        def answers():
            try:
                while data := server.recv(65536):
                    if is_muted.is_set():
                        is_answered.set()
                        break
                    client.sendall(data)
            except OSError:
                pass
            cut(client, server)

        back = threading.Thread(target=answers, daemon=True)
        back.start()
        try:
            for packet in packets(client):
                verdict = orders.judge(packet)
                if verdict == "before":
                    break
                if verdict == "after":
                    is_muted.set()
                server.sendall(packet)
                if verdict == "after":
                    is_answered.wait(10)
                    break
        except OSError:
            pass
        cut(client, server)
        back.join()


def main():
    listen_path, upstream_path, order_path = sys.argv[1:]
    orders = Orders(order_path)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(listen_path + ".new")
    listener.listen(64)
    os.rename(listen_path + ".new", listen_path)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, upstream_path, orders), daemon=True).start()


if __name__ == "__main__":
    main()
