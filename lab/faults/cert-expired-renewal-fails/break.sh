# certbot has failed twice a day for a month, because port 80 of this name leads to another host now; nobody reads its mails, and the certificate has ended.
visitors
ordinary_host
blog_restarted
certificate /etc/letsencrypt/archive/secure.example.com/fullchain1 -1
mv /etc/letsencrypt/archive/secure.example.com/fullchain1.crt /etc/letsencrypt/archive/secure.example.com/fullchain1.pem
mv /etc/letsencrypt/archive/secure.example.com/fullchain1.key /etc/letsencrypt/archive/secure.example.com/privkey1.pem
mkdir -p /etc/letsencrypt/live/secure.example.com
for each in fullchain privkey; do ln -s "../../archive/secure.example.com/${each}1.pem" "/etc/letsencrypt/live/secure.example.com/$each.pem"; done
https_site /etc/letsencrypt/live/secure.example.com/fullchain.pem /etc/letsencrypt/live/secure.example.com/privkey.pem
reload_nginx
cat >/usr/local/bin/certbot-renew <<'EOF2'
#!/bin/sh
echo "Processing /etc/letsencrypt/renewal/secure.example.com.conf"
echo "Failed to renew certificate secure.example.com with error: Some challenges have failed." >&2
echo "All renewals failed. The following certificates could not be renewed:" >&2
echo "  /etc/letsencrypt/live/secure.example.com/fullchain.pem (failure)" >&2
exit 1
EOF2
chmod +x /usr/local/bin/certbot-renew
printf '[Unit]\nDescription=Certbot\n\n[Service]\nType=oneshot\nExecStart=/usr/local/bin/certbot-renew\n' >/etc/systemd/system/certbot.service
printf '[Unit]\nDescription=Run certbot twice daily\n\n[Timer]\nOnCalendar=*-*-* 00,12:00:00\n\n[Install]\nWantedBy=timers.target\n' >/etc/systemd/system/certbot.timer
systemctl daemon-reload
systemctl enable -q --now certbot.timer
systemctl start certbot.service 2>/dev/null || true
for i in 1 2 3 4 5 6; do curl -s -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true; done
