# Each tenant got a port of its own, ninety of them; there are more listeners than connections a worker may have, and nginx does not even start.
visitors
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 64;/' /etc/nginx/nginx.conf
printf 'server {\n    listen 127.0.0.9:20100-20189;\n    server_name rooms.example.com;\n    root %s;\n}\n' "$WWW_DIR" >"$(new_site rooms)"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
