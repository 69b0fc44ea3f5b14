# The balancer before nginx waits 1.5 s and then tells its visitors 504 by itself; the shop needs 2.5 s, and nginx notes 499 in a log of key=value pairs.
visitors
http_directive "log_format pairs 'ts=\$time_iso8601 client=\$remote_addr for=\"\$http_x_forwarded_for\" status=\$status rt=\$request_time urt=\$upstream_response_time request=\"\$request\"';"
shop_with "s|^\([ \t]*\)access_log $(plain_text "$ACCESS_LOG");|\1access_log $ACCESS_LOG pairs;|"
reload_nginx
checkout_settings APP_DELAY=2.5
cat >/srv/balancer.py <<'PYTHON'
import http.client
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Pass(BaseHTTPRequestHandler):
    def do_GET(self):
        link = http.client.HTTPConnection("127.0.0.1", 80, timeout=1.5)
        try:
            link.request("GET", self.path, headers={"Host": self.headers["Host"], "X-Forwarded-For": self.client_address[0]})
            answer = link.getresponse()
            status, body = answer.status, answer.read()
        except TimeoutError:
            status, body = 504, b"the server did not answer in time\n"
        finally:
            link.close()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Pass).serve_forever()
PYTHON
cat >/etc/systemd/system/balancer.service <<UNIT
[Unit]
Description=Balancer

[Service]
ExecStart=/usr/bin/python3 /srv/balancer.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now balancer.service
wait_until 10 listens_on "$SPARE_PORT"
shop_requests 30 0.4 --connect-to "127.0.0.1:80:127.0.0.1:$SPARE_PORT"
