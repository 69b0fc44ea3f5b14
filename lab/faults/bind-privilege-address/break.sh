# The configuration of another host: it listens on an address that this one does not have.
visitors
printf 'server {\n    listen 192.0.2.44:8443;\n    server_name new.example.com;\n    root %s;\n}\n' "$WWW_DIR" >"$(new_site new)"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
