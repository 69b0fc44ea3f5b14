# nginx also passes plain TCP connections on (stream); the service behind that is stopped, while every web site is fine.
echo 'load_module modules/ngx_stream_module.so;' >/etc/nginx/modules-enabled/50-stream.conf
cat >/etc/systemd/system/ledger.service <<UNIT
[Unit]
Description=Ledger

[Service]
ExecStart=/usr/bin/socat TCP-LISTEN:$SPARE_PORT,bind=127.0.0.1,fork,reuseaddr EXEC:/bin/cat

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now ledger.service
wait_until 10 listens_on "$SPARE_PORT"
keep /etc/nginx/nginx.conf
printf 'stream {\n    upstream ledger {\n        server 127.0.0.1:%s;\n    }\n    server {\n        listen 127.0.0.1:%s;\n        proxy_pass ledger;\n    }\n}\n' "$SPARE_PORT" "$SPARE_PORT2" >>/etc/nginx/nginx.conf
systemctl restart nginx.service
visitors
systemctl stop ledger.service
for i in {1..20}; do
  curl -s -m 5 -o /dev/null -w '%{http_code}\n' "http://127.0.0.1:$SPARE_PORT2/" || true
  sleep 0.1
done
