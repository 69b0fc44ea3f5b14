# 403 on purpose: deny all, and a directory without index.
cat >"$(new_site closed)" <<'EOF2'
server {
    listen 80;
    server_name closed.example.com;
    root /srv/closed;
    location /private/ { deny all; }
}
EOF2
mkdir -p /srv/closed/private /srv/closed/empty
echo hello >/srv/closed/index.html
reload_nginx
visitors
requests closed.example.com /private/ 10 >/dev/null
requests closed.example.com /empty/ 10 >/dev/null
requests closed.example.com / 10
