# A new site listens where something else does already: nginx -t is content, the master refuses, and serves on without it.
visitors
other_server metrics.service 0.0.0.0 "$SPARE_PORT"
printf 'server {\n    listen %s;\n    server_name new.example.com;\n    root %s;\n}\n' "$SPARE_PORT" "$WWW_DIR" >"$(new_site new)"
nginx -t -q
systemctl reload nginx.service || true
wait_until 10 grep -q 'still could not bind' /var/log/nginx/error.log || sleep 3
requests "$WWW_SITE" / 10
