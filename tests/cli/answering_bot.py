"""替身：一个回答“还转不转”的程序。"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from nonebot_plugin_refund.alive_path import ALIVE_PATH


@contextmanager
def bot_answering(said: str) -> Iterator[int]:
    """一个照这样回答“还转不转”的程序；给出它的端口。"""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == ALIVE_PATH
            self.send_response(200)
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, format: str, *args: object) -> None:
            """不往屏幕上写。"""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
