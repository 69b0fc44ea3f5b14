# A second site was made the default of the same port; the reload was refused.
visitors
printf 'server {\n    listen 80 default_server;\n    server_name new.example.com;\n    root %s;\n}\n' "$WWW_DIR" >"$(new_site zz-new)"
systemctl reload nginx.service || true
requests "$WWW_SITE" / 10
