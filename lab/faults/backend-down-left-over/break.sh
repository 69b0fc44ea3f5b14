# A process of an earlier deploy still holds the port, answers nobody, and keeps the service from starting.
visitors
shop_timeout read 5
reload_nginx
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nRestart=no\n' >"/etc/systemd/system/$SHOP_UNIT.d/restart.conf"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
cat >/srv/old-deploy.py <<'PYTHON'
import socket
import sys
import time

old = socket.socket()
old.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
old.bind(("127.0.0.1", int(sys.argv[1])))
old.listen(128)
kept = []
while True:
    kept.append(old.accept())
    time.sleep(0)
PYTHON
setsid /usr/bin/python3 /srv/old-deploy.py "$SHOP_PORT" </dev/null >/dev/null 2>&1 &
echo $! >/run/old-deploy.pid
disown
wait_until 10 listens_on "$SHOP_PORT"
systemctl start "$SHOP_UNIT" || true
wait_until 30 is_failed "$SHOP_UNIT"
shop_requests 12
