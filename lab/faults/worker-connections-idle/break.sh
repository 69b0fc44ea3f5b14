# Sixty clients open connections and send half a request, again and again (a broken load balancer does that); each worker may have 24.
visitors
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 24;/' /etc/nginx/nginx.conf
reload_nginx
cat >/usr/local/bin/hold-connections <<'PYTHON'
import socket
import time

end = time.time() + 240
while time.time() < end:
    held = []
    for _ in range(60):
        try:
            # At once: what has sent nothing yet is closed by nginx without a word when it needs the place.
            held.append(socket.create_connection(("127.0.0.1", 80)))
            held[-1].sendall(b"GET / HTTP/1.1\r\nHost: www\r\n")
        except OSError:
            pass
    time.sleep(5)
    for one in held:
        one.close()
PYTHON
systemd-run -q --collect --unit=visitors /usr/bin/python3 /usr/local/bin/hold-connections
# Written to the log of the default server, wherever that is.
wait_until 10 grep -rqs 'worker_connections are not enough' /var/log/nginx /srv/logs
requests "$WWW_SITE" / 60 0.2 -m 5
