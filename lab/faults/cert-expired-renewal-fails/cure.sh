systemctl disable -q --now certbot.timer
systemctl reset-failed certbot.service 2>/dev/null || true
rm -f /etc/systemd/system/certbot.service /etc/systemd/system/certbot.timer /usr/local/bin/certbot-renew
systemctl daemon-reload
https_site_gone
rm -rf /etc/letsencrypt
