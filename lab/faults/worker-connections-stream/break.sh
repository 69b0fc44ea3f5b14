# nginx also carries a ledger's long TCP connections (stream): each till keeps one open all day, and each takes two places of a worker.
visitors
echo "load_module modules/ngx_stream_module.so;" >/etc/nginx/modules-enabled/50-stream.conf
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 52;/' /etc/nginx/nginx.conf
printf 'stream {\n    server {\n        listen 127.0.0.1:%s;\n        proxy_pass 127.0.0.1:%s;\n        proxy_timeout 12h;\n    }\n}\n' "$SPARE_PORT2" "$SPARE_PORT" >>/etc/nginx/nginx.conf
cat >/srv/ledger.py <<'PYTHON'
import asyncio
import sys


async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line)
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()


asyncio.run(main())
PYTHON
cat >/srv/tills.py <<'PYTHON'
import socket
import sys
import time

end = time.time() + 240
while time.time() < end:
    held = []
    for turn in range(110):
        try:
            till = socket.create_connection(("127.0.0.1", int(sys.argv[1]) if turn < 90 else 80), 2)
            # The last ones are visitors on a slow line: the end of their request is still on its way.
            till.sendall(b"HELLO\n" if turn < 90 else b"GET / HTTP/1.1\r\nHost: www\r\n")
            held.append(till)
        except OSError:
            pass
        time.sleep(0.005)
    time.sleep(6)
    for till in held:
        till.close()
    time.sleep(0.5)
PYTHON
systemd-run -q --collect --unit=ledger /usr/bin/python3 /srv/ledger.py "$SPARE_PORT"
wait_until 10 listens_on "$SPARE_PORT"
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
systemd-run -q --collect --unit=tills /usr/bin/python3 /srv/tills.py "$SPARE_PORT2"
wait_until 10 grep -rqs 'worker_connections are not enough' /var/log/nginx /srv/logs
shop_requests 50 0.1 -m 5 | grep -v 200
