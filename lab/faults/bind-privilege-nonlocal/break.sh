# The second of two hosts listens on the address that it would take over; it could do so by ip_nonlocal_bind, which somebody set back.
visitors
sysctl -qw net.ipv4.ip_nonlocal_bind=1
printf 'server {\n    listen 192.0.2.73:8443;\n    server_name shared.example.com;\n    root %s;\n}\n' "$WWW_DIR" >"$(new_site shared)"
reload_nginx
sysctl -qw net.ipv4.ip_nonlocal_bind=0
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
