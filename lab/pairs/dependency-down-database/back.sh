# The application asks the database on its own host for each page. Its settings were edited for more memory, with a unit that it does not know, and it did not come back from the restart.
cat >/srv/postgres.py <<'PYTHON'
import re
import socketserver
import sys

for line in open("/etc/postgresql/postgresql.conf", encoding="utf-8"):
    name, value = (part.strip() for part in line.split("="))
    if name == "shared_buffers" and not re.fullmatch(r"\d+(kB|MB|GB)", value):
        print(f'LOG:  invalid value for parameter "shared_buffers": "{value}"', file=sys.stderr)
        print('HINT:  Valid units for this parameter are "B", "kB", "MB", "GB", and "TB".', file=sys.stderr)
        sys.exit('FATAL:  configuration file "/etc/postgresql/postgresql.conf" contains errors')


class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"R\0\0\0\x08\0\0\0\0")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


print('LOG:  listening on IPv4 address "127.0.0.1", port 5432', flush=True)
Server(("127.0.0.1", 5432), Answer).serve_forever()
PYTHON
mkdir -p /etc/postgresql
printf 'port = 5432\nshared_buffers = 128MB\n' >/etc/postgresql/postgresql.conf
cat >/etc/systemd/system/postgresql.service <<'UNIT'
[Unit]
Description=PostgreSQL database server

[Service]
ExecStart=/usr/bin/python3 /srv/postgres.py

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now postgresql.service
wait_until 10 listens_on 5432
keep "$SHOP_DIR/app.py"
cat >"$SHOP_DIR/database.py" <<'PYTHON'
import socket


class OperationalError(Exception):
    pass


OperationalError.__module__ = "psycopg2"


def query(text):
    try:
        with socket.create_connection(("127.0.0.1", 5432), timeout=4) as link:
            return link.recv(100)
    except OSError as error:
        raise OperationalError(
            f'connection to server at "127.0.0.1", port 5432 failed: {error.strerror}\n\tIs the server running on that host and accepting TCP/IP connections?\n'
        ) from error
PYTHON
sed -i -e 's/^import time$/import time\n\nimport database/' -e 's/^def app(environ, start_response):/&\n    database.query("SELECT price FROM prices")/' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
sed -i 's/^shared_buffers = .*/shared_buffers = 2 gigs/' /etc/postgresql/postgresql.conf
systemctl restart postgresql.service
wait_until 10 is_failed postgresql.service
