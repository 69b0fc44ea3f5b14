# For a busy day somebody raised worker_connections to 8192 and nothing else: a worker may open 1024 files and sockets, as the unit got from systemd, and the visitors of the day are more than that.
visitors
keep /etc/nginx/nginx.conf
sed -i -e 's/^\([ \t]*\)worker_connections .*/\1worker_connections 8192;/' -e 's/^worker_processes .*/worker_processes 1;/' /etc/nginx/nginx.conf
reload_nginx
cat >/usr/local/bin/slow-phones <<'PYTHON'
import resource
import socket
import sys
import time

resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
end = time.time() + 240
while time.time() < end:
    held = []
    for _ in range(1200):
        try:
            held.append(socket.create_connection(("127.0.0.1", 80), 2))
            held[-1].sendall(b"POST / HTTP/1.1\r\nHost: " + sys.argv[1].encode() + b"\r\nContent-Le")
        except OSError:
            pass
    time.sleep(20)
    for one in held:
        one.close()
PYTHON
systemd-run -q --collect -p LimitNOFILE=8192 --unit=phones /usr/bin/python3 /usr/local/bin/slow-phones "$WWW_SITE"
wait_until 20 grep -rqs 'Too many open files' /var/log/nginx /srv/logs
shop_requests 30 0.2 -m 3
