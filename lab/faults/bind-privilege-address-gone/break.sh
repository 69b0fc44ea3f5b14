# The floating address moved to another host; nginx serves on until it is asked to reload another site on it.
visitors
ip address add 192.0.2.50/32 dev lo
printf 'server {\n    listen 192.0.2.50:8443;\n    server_name new.example.com;\n    root %s;\n}\n' "$WWW_DIR" >"$(new_site new)"
reload_nginx
ip address del 192.0.2.50/32 dev lo
sed -i 's/8443/8444/' "$(new_site new)"
systemctl reload nginx.service || true
requests "$WWW_SITE" / 10
