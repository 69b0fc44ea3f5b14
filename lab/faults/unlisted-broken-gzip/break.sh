# The application says gzip and sends something else; nginx has to unpack it for clients that cannot.
visitors
printf "from http.server import *\nclass A(BaseHTTPRequestHandler):\n    def do_GET(self):\n        self.send_response(200); self.send_header(\"Content-Encoding\", \"gzip\"); self.send_header(\"Content-Length\", \"9\"); self.end_headers(); self.wfile.write(b\"not gzip\\\\n\")\nThreadingHTTPServer((\"127.0.0.1\", %s), A).serve_forever()\n" "$SPARE_PORT" >"$SHOP_DIR/packed.py"
systemd-run -q --unit=packed /usr/bin/python3 "$SHOP_DIR/packed.py"
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location = /report { proxy_pass http://127.0.0.1:$SPARE_PORT; gunzip on; }"
reload_nginx
requests "$SHOP_SITE" /report 20
