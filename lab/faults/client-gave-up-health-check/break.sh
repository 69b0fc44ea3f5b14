# A monitor asks the health page every half second and waits one second; the page looks at the database first and needs two. Visitors are served at once.
visitors
http_directive "log_format timed '\$remote_addr - [\$time_local] \"\$request\" \$status \$body_bytes_sent \"\$http_user_agent\" \$request_time \$upstream_response_time';"
shop_with "s|^\([ \t]*\)access_log $(plain_text "$ACCESS_LOG");|\1access_log $ACCESS_LOG timed;|"
checkout_python <<'PYTHON'
import http.server
import sys
import time


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.endswith("health"):
            time.sleep(2)
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
reload_nginx
shop_requests 40 0.1 >/dev/null &
requests "$SHOP_SITE" "${SHOP_PATH}health" 30 0.5 -m 1 -A 'monitor/2.1'
wait
