# The renewal of certificates stops nginx, listens on port 80 itself (certbot's standalone way) and waits for the authority, which does not come. Somebody saw the sites down and started nginx by hand.
usual_day
cat >/usr/bin/certbot <<'PYTHON'
#!/usr/bin/python3
import http.server

print("Saving debug log to /var/log/letsencrypt/letsencrypt.log", flush=True)
print("Renewing an existing certificate for www.example.com", flush=True)


class Challenge(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_error(404)

    def log_message(self, *ignored):
        pass


http.server.ThreadingHTTPServer(("", 80), Challenge).serve_forever()
PYTHON
chmod 0755 /usr/bin/certbot
cat >/etc/systemd/system/certbot.service <<'UNIT'
[Unit]
Description=Certbot

[Service]
Type=oneshot
ExecStartPre=/bin/systemctl stop nginx.service
ExecStart=/usr/bin/certbot -q renew --standalone
ExecStartPost=/bin/systemctl start nginx.service
UNIT
systemctl daemon-reload
systemctl start --no-block certbot.service
wait_until 20 eval "ss -Htlnp 'sport = :80' | grep -q certbot"
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
