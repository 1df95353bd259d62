"""Serves one gzip file on 127.0.0.1 to the tests of fetch, in several ways, by the first part of the path:
/whole/ with ranges, /norange/ without, /cut/ breaking off after 40,000 bytes a request, /dead/ sending headers only,
/silent/ never answering, /page/ a web page, /other/ the same contents packed in another way; all else is 404.
Prints {"port", "md5", "bytes"}; notes each request in FOLDER/requests; ends with its standard input, or after two minutes."""

import gzip
import hashlib
import http.server
import json
import os
import random
import re
import sys
import threading
import time

folder = sys.argv[1]
contents = random.Random(1).randbytes(100_000)  # does not shrink
packed = gzip.compress(contents, mtime=0)
other = gzip.compress(contents, compresslevel=0, mtime=1)
with open(os.path.join(folder, "packed.gz"), "wb") as file:
    file.write(packed)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *unused):
        pass

    def do_GET(self):
        way = self.path.split("/")[1]
        with open(os.path.join(folder, "requests"), "a") as file:
            file.write(f"{way} {self.headers.get('Range', '-')}\n")
        if way == "silent":
            time.sleep(20)
        elif way in ("whole", "norange", "cut", "dead", "page", "other"):
            self.send_data(way, {"page": b"<html>Log in first", "other": other}.get(way, packed))
        else:
            self.send_error(404)

    def send_data(self, way, data):
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        begin = int(asked[1]) if asked and way not in ("norange", "page") else 0
        if begin >= len(data):
            return self.send_error(416)
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(data) - begin))
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        limit = {"cut": 40_000, "dead": 0}.get(way, len(data))
        self.wfile.write(data[begin : begin + limit])
        self.close_connection = True


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
threading.Timer(120, os._exit, [1]).start()
print(json.dumps({"port": server.server_port, "md5": hashlib.md5(contents).hexdigest(), "bytes": len(packed)}), flush=True)
sys.stdin.read()
os._exit(0)
