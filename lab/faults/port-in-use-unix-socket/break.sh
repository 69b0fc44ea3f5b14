# It is no port that is taken: a tunnel made the unix socket that nginx wants to listen on, and nginx was restarted.
visitors
mkdir -p /run/tunnel
cat >/etc/systemd/system/tunnel.service <<'UNIT'
[Unit]
Description=Tunnel for remote visitors

[Service]
ExecStart=/usr/bin/socat UNIX-LISTEN:/run/tunnel/edge.sock,fork TCP:127.0.0.1:22

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now tunnel.service
wait_until 10 listens_at unix:/run/tunnel/edge.sock
shop_server_directive 'listen unix:/run/tunnel/edge.sock;'
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
