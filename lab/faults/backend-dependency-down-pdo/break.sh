# The blog asks its database at 127.0.0.1:3306 through PDO, which says no more than "Connection refused"; mariadb.service was stopped for a backup and not started again.
cat >/srv/mariadbd.py <<'PYTHON'
import socketserver


class Greet(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"5.5.5-10.11.6-MariaDB\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


print("ready for connections, port: 3306", flush=True)
Server(("127.0.0.1", 3306), Greet).serve_forever()
PYTHON
cat >/etc/systemd/system/mariadb.service <<'UNIT'
[Unit]
Description=MariaDB 10.11 database server

[Service]
ExecStart=/usr/bin/python3 /srv/mariadbd.py

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now mariadb.service
wait_until 10 listens_on 3306
keep "$BLOG_DIR/index.php"
printf '<?php\nreturn ["host" => "127.0.0.1", "name" => "blog"];\n' >"$BLOG_DIR/config.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
$config = require __DIR__ . '/config.php';
$link = @stream_socket_client("tcp://{$config['host']}:3306", $errno, $error, 2);
if (!$link) throw new PDOException("SQLSTATE[HY000] [2002] $error");
echo fgets($link);
PHP
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
visitors
systemctl stop mariadb.service
requests "$BLOG_SITE" / 25
