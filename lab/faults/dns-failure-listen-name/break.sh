# A site for the staff listens on the host by its name; the host was renamed, /etc/hosts with it, and nginx was restarted.
visitors
own=$(ip -4 -o address show scope global | awk '{ sub(/\/.*/, "", $4); print $4; exit }')
echo "$own front-a.internal" >>/etc/hosts
printf 'server {\n    listen front-a.internal:%s;\n    server_name staff.example.com;\n    root %s;\n}\n' "$SPARE_PORT" "$WWW_DIR" >"$(new_site staff)"
reload_nginx
sed -i 's/front-a.internal/front-1.internal/' /etc/hosts
systemctl restart nginx.service || true
requests "$WWW_SITE" / 5
