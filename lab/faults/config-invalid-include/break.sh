# A snippet that a site includes was renamed, and nginx was restarted.
visitors
printf 'server {\n    listen 80;\n    server_name new.example.com;\n    include /etc/nginx/snippets/security-headers.conf;\n    root %s;\n}\n' "$WWW_DIR" >"$(new_site new)"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
