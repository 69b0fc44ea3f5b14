# At its start nginx did not have the floating address yet; that came a moment later, and nobody has started nginx again.
visitors
systemctl stop nginx.service
printf 'server {\n    listen 192.0.2.61:8443;\n    server_name vip.example.com;\n    root %s;\n}\n' "$WWW_DIR" >"$(new_site vip)"
systemctl start nginx.service || true
ip address add 192.0.2.61/32 dev lo
requests "$SHOP_SITE" "$SHOP_PATH" 10
