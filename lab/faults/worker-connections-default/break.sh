# Somebody tidied nginx.conf and left events{} empty: the built-in 512 is in force, one worker, and slow clients hold more than that.
visitors
keep /etc/nginx/nginx.conf
sed -i -e '/^[ \t]*worker_connections /d' -e 's/^worker_processes .*/worker_processes 1;/' /etc/nginx/nginx.conf
reload_nginx
cat >/usr/local/bin/slow-phones <<'PYTHON'
import socket
import sys
import time

end = time.time() + 240
while time.time() < end:
    held = []
    for _ in range(620):
        try:
            held.append(socket.create_connection(("127.0.0.1", 80), 2))
            held[-1].sendall(b"POST / HTTP/1.1\r\nHost: " + sys.argv[1].encode() + b"\r\nContent-Le")
        except OSError:
            pass
    time.sleep(5)
    for one in held:
        one.close()
    time.sleep(1)
PYTHON
systemd-run -q --collect --unit=phones /usr/bin/python3 /usr/local/bin/slow-phones "$WWW_SITE"
wait_until 15 grep -rqs 'worker_connections are not enough' /var/log/nginx /srv/logs
requests "$WWW_SITE" / 60 0.2 -m 5
