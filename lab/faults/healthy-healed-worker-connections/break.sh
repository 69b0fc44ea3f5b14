# A busy hour ran into worker_connections; somebody raised it and loaded that, and the same visitors are served since. Half of the log are alerts of before.
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 24;/' /etc/nginx/nginx.conf
reload_nginx
cat >/usr/local/bin/hold-connections <<'PYTHON'
import socket
import sys
import time

held = []
for _ in range(70):
    try:
        held.append(socket.create_connection(("127.0.0.1", 80)))
        held[-1].sendall(b"GET / HTTP/1.1\r\nHost: " + sys.argv[1].encode() + b"\r\nAcc")
    except OSError:
        pass
time.sleep(float(sys.argv[2]))
PYTHON
python3 /usr/local/bin/hold-connections "$WWW_SITE" 6 &
wait_until 10 grep -rqs 'worker_connections are not enough' /var/log/nginx /srv/logs
(unnoted=1 requests "$WWW_SITE" / 30 0.1 -m 4 >/dev/null)
wait
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 2048;/' /etc/nginx/nginx.conf
reload_nginx
systemd-run -q --collect --unit=visitors /usr/bin/python3 /usr/local/bin/hold-connections "$WWW_SITE" 200
sleep 1
requests "$WWW_SITE" / 40
shop_requests 20
