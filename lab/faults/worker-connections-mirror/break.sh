# Every request to the shop is also sent to a staging host (mirror), for a test that ended; that host answers late, and connections are held until it does.
visitors
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 64;/' /etc/nginx/nginx.conf
cat >/srv/staging.py <<'PYTHON'
import socket
import sys
import time

server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024)
held = []
while True:
    held.append((time.time() + 20, server.accept()[0]))
    while held[0][0] < time.time():
        held.pop(0)[1].close()
PYTHON
systemd-run -q --collect --unit=staging /usr/bin/python3 /srv/staging.py "$SPARE_PORT"
wait_until 10 listens_on "$SPARE_PORT"
shop_directive 'mirror /_copy;'
shop_location '= /_copy' "internal;\\n\\1${INDENT}proxy_pass http://127.0.0.1:$SPARE_PORT\$request_uri;"
reload_nginx
cat >/srv/browsers.py <<'PYTHON'
import socket
import sys
import time

request = f"GET {sys.argv[2]} HTTP/1.1\r\nHost: {sys.argv[1]}\r\n\r\n".encode()
end = time.time() + 240
while time.time() < end:
    held = []
    for _ in range(120):
        try:
            held.append(socket.create_connection(("127.0.0.1", 80), 2))
            held[-1].sendall(request)
        except OSError:
            pass
        time.sleep(0.005)
    time.sleep(6)
    for one in held:
        one.close()
    time.sleep(0.5)
PYTHON
systemd-run -q --collect --unit=browsers /usr/bin/python3 /srv/browsers.py "$SHOP_SITE" "${SHOP_PATH}cart"
wait_until 10 grep -rqs 'worker_connections are not enough' /var/log/nginx /srv/logs
shop_requests 50 0.1 -m 5 | grep 500
