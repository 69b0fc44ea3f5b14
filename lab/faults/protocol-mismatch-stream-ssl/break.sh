# A broker behind the stream block: proxy_ssl was copied from the other data centre, where brokers speak TLS; this one does not.
echo 'load_module modules/ngx_stream_module.so;' >/etc/nginx/modules-enabled/50-mod-stream.conf
cat >/srv/broker.py <<'PYTHON'
import socketserver
import sys


class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        if self.rfile.readline().strip() == b"HELLO":
            self.wfile.write(b"OK\n")
        else:
            self.wfile.write(b"-ERR unknown command\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
PYTHON
printf '[Unit]\nDescription=Broker\n\n[Service]\nExecStart=/usr/bin/python3 /srv/broker.py %s\n\n[Install]\nWantedBy=multi-user.target\n' "$SPARE_PORT" >/etc/systemd/system/broker.service
systemctl daemon-reload
systemctl enable -q --now broker.service
wait_until 10 listens_on "$SPARE_PORT"
keep /etc/nginx/nginx.conf
cat >>/etc/nginx/nginx.conf <<NGINX
stream {
    server {
        listen $SPARE_PORT2;
        proxy_ssl on;
        proxy_pass 127.0.0.1:$SPARE_PORT;
    }
}
NGINX
systemctl restart nginx.service
visitors
wait_until 10 listens_on "$SPARE_PORT2"
for i in {1..25}; do
  printf 'HELLO\n' | timeout 3 python3 -c 'import socket, sys
link = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
link.sendall(b"HELLO\n")
try:
    print("200" if link.recv(3) == b"OK\n" else "000")
except OSError:
    print("000")' "$SPARE_PORT2"
done
