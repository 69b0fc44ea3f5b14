# Two tries to renew the certificate failed, the third got it and its hook reloaded nginx; the version that has ended still lies in the archive.
visitors
ordinary_host
archive=/etc/letsencrypt/archive/secure.example.com
certificate "$archive/fullchain1" -1
mv "$archive/fullchain1.crt" "$archive/fullchain1.pem"
mv "$archive/fullchain1.key" "$archive/privkey1.pem"
mkdir -p /etc/letsencrypt/live/secure.example.com
for each in fullchain privkey; do ln -s "../../archive/secure.example.com/${each}1.pem" "/etc/letsencrypt/live/secure.example.com/$each.pem"; done
https_site /etc/letsencrypt/live/secure.example.com/fullchain.pem /etc/letsencrypt/live/secure.example.com/privkey.pem
reload_nginx
cat >/usr/local/bin/certbot-renew <<'EOF2'
#!/bin/sh
if [ ! -e /etc/letsencrypt/archive/secure.example.com/fullchain2.pem ]; then
  echo "Failed to renew certificate secure.example.com with error: Connection to acme-v02.api.letsencrypt.org timed out." >&2
  exit 1
fi
for each in fullchain privkey; do ln -sfn "../../archive/secure.example.com/${each}2.pem" "/etc/letsencrypt/live/secure.example.com/$each.pem"; done
echo "Congratulations, all renewals succeeded: /etc/letsencrypt/live/secure.example.com/fullchain.pem (success)"
systemctl reload nginx.service
EOF2
chmod +x /usr/local/bin/certbot-renew
printf '[Unit]\nDescription=Certbot\n\n[Service]\nType=oneshot\nExecStart=/usr/local/bin/certbot-renew\n' >/etc/systemd/system/certbot.service
systemctl daemon-reload
systemctl start certbot.service 2>/dev/null || true
systemctl start certbot.service 2>/dev/null || true
certificate "$archive/fullchain2" 89
mv "$archive/fullchain2.crt" "$archive/fullchain2.pem"
mv "$archive/fullchain2.key" "$archive/privkey2.pem"
systemctl start certbot.service
sleep 1
shop_requests 10
for i in 1 2 3 4; do curl -sk -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/; done
