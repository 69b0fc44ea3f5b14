# The key for session tickets is made below /run by a unit that was started by hand once and never enabled; a start of the host emptied /run.
cat >/etc/systemd/system/ticket-key.service <<'UNIT'
[Unit]
Description=Key for TLS session tickets
Before=nginx.service

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'install -d -m 0700 /run/nginx-tickets && openssl rand -out /run/nginx-tickets/current.key 80'

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl start ticket-key.service
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key 'ssl_session_ticket_key /run/nginx-tickets/current.key;'
reload_nginx
visitors
systemctl stop nginx.service
rm -r /run/nginx-tickets
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
