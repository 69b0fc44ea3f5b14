# The database is called by a name that stood in /etc/hosts; a script wrote that file anew without it. The application says that it cannot translate the name and answers 500.
printf '127.0.0.1 db.internal\n' >>/etc/hosts
cat >/srv/greet.py <<'PYTHON'
import socketserver
import sys


class Greet(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"ready\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Greet).serve_forever()
PYTHON
systemd-run -q --unit=orders-db /usr/bin/python3 /srv/greet.py 5432
wait_until 10 listens_on 5432
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import socket

page = app


def app(environ, start_response):
    try:
        with socket.create_connection(("db.internal", 5432), timeout=3) as database:
            database.recv(100)
    except OSError as error:
        raise RuntimeError(f'sqlalchemy.exc.OperationalError: could not translate host name "db.internal" to address: {error.strerror}') from error
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
keep /etc/hosts
sed -i '/db\.internal/d' /etc/hosts
shop_requests 25
