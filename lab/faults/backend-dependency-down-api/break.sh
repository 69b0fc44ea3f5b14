# The application asks an API on another port of this host, and waits for it; that service has crashed and is not started again.
cat >/srv/prices-api.py <<'PYTHON'
import http.server

http.server.ThreadingHTTPServer(("127.0.0.1", 9400), http.server.SimpleHTTPRequestHandler).serve_forever()
PYTHON
cat >/etc/systemd/system/prices-api.service <<'UNIT'
[Unit]
Description=Prices API

[Service]
ExecStart=/usr/bin/python3 /srv/prices-api.py --port 9400

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now prices-api.service
wait_until 10 listens_on 9400
keep "$SHOP_DIR/app.py"
sed -i -e 's/^import time$/import time\nimport urllib.request/' -e 's/^def app(environ, start_response):/&\n    try:\n        urllib.request.urlopen("http:\/\/127.0.0.1:9400\/", timeout=2).close()\n    except OSError as error:\n        raise RuntimeError(f"HTTPConnectionPool(host='"'127.0.0.1'"', port=9400): Max retries exceeded: {error}") from error/' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
systemctl kill --signal=KILL prices-api.service
wait_until 5 is_failed prices-api.service
shop_requests 30
