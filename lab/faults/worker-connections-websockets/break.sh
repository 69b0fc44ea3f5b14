# A page that keeps a websocket open for each visitor went live; the limit stands in a file that events{} includes, and was enough before.
visitors
keep /etc/nginx/nginx.conf
printf '# for small hosts\nworker_connections 48;\n' >/etc/nginx/events.conf
sed -i 's|^\([ \t]*\)worker_connections .*|\1include /etc/nginx/events.conf;|' /etc/nginx/nginx.conf
chat_server 426
for line in 'proxy_http_version 1.1;' 'proxy_set_header Upgrade $http_upgrade;' 'proxy_set_header Connection "upgrade";' 'proxy_read_timeout 1h;'; do
  headers="${headers-}\\n\\1$INDENT$line"
done
shop_location /live/ "proxy_pass http://127.0.0.1:$SPARE_PORT;$headers"
reload_nginx
cat >/usr/local/bin/open-pages <<'PYTHON'
import socket
import sys
import time

shake = "GET /live/ HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
end = time.time() + 240
while time.time() < end:
    held = []
    for turn in range(80):
        try:
            held.append(socket.create_connection(("127.0.0.1", 80), 2))
            # The last ones are on a slow line, and the end of their request is still on its way.
            held[-1].sendall((shake % sys.argv[1] + ("" if turn > 65 else "\r\n")).encode())
        except OSError:
            pass
        time.sleep(0.01)
    time.sleep(5)
    for one in held:
        one.close()
    time.sleep(1)
PYTHON
systemd-run -q --collect --unit=visitors /usr/bin/python3 /usr/local/bin/open-pages "$SHOP_SITE"
wait_until 10 grep -rqs 'worker_connections are not enough' /var/log/nginx /srv/logs
requests "$WWW_SITE" / 60 0.2 -m 5
