# The application was deployed again on a new port, which is one that nginx listens on for the staff; nginx was restarted after it.
visitors
printf 'server {\n    listen %s;\n    server_name staff.example.com;\n    root %s;\n}\n' "$SPARE_PORT" "$WWW_DIR" >"$(new_site staff)"
reload_nginx
systemctl stop nginx.service
checkout_moves_to "127.0.0.1:$SPARE_PORT"
shop_points_to "127.0.0.1:$SPARE_PORT"
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
