# A stream proxy sends the PROXY line to a service that does not know it and hangs up.
visitors
echo "load_module modules/ngx_stream_module.so;" >/etc/nginx/modules-enabled/50-stream.conf
systemd-run -q --unit=ledger /usr/bin/socat "TCP-LISTEN:$SPARE_PORT,bind=127.0.0.1,fork,reuseaddr" "SYSTEM:read line; case \$line in HELLO*) echo welcome;; *) exit 1;; esac"
wait_until 10 listens_on "$SPARE_PORT"
keep /etc/nginx/nginx.conf
printf "stream {\n    server {\n        listen 127.0.0.1:%s;\n        proxy_pass 127.0.0.1:%s;\n        proxy_protocol on;\n    }\n}\n" "$SPARE_PORT2" "$SPARE_PORT" >>/etc/nginx/nginx.conf
systemctl restart nginx.service
for i in {1..15}; do echo HELLO | timeout 2 socat - "TCP:127.0.0.1:$SPARE_PORT2" || true; done >/dev/null 2>&1
