# The blog's scripts need a database on a unix socket; its server is gone, and with it the socket. PDO says so on the script's error stream.
cat >/srv/ledger-db.py <<'PYTHON'
import os, socketserver

PATH = "/run/ledger/ledgerd.sock"


class Greet(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"ready\n")


if os.path.exists(PATH):
    os.unlink(PATH)
server = socketserver.ThreadingUnixStreamServer(PATH, Greet)
os.chmod(PATH, 0o777)
server.serve_forever()
PYTHON
cat >/etc/systemd/system/ledger-db.service <<'UNIT'
[Unit]
Description=Ledger database

[Service]
RuntimeDirectory=ledger
ExecStart=/usr/bin/python3 /srv/ledger-db.py
Environment=SOCKET=/run/ledger/ledgerd.sock

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now ledger-db.service
wait_until 10 test -S /run/ledger/ledgerd.sock
keep "$BLOG_DIR/index.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
$db = @stream_socket_client('unix:///run/ledger/ledgerd.sock', $errno, $error, 2);
if (!$db) {
    error_log("PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Can't connect to local server through socket '/run/ledger/ledgerd.sock' ($errno)");
    http_response_code(500);
    exit;
}
echo fgets($db);
PHP
systemctl restart "$BLOG_UNIT" # Its cache of scripts looks for changes every other second only.
requests "$BLOG_SITE" / 5 >/dev/null
systemctl stop ledger-db.service
requests "$BLOG_SITE" / 30
