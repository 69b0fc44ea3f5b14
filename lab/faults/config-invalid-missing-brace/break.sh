# A site for an event was pasted from a ticket without its last brace; nobody tested it, and the upgrade of the night restarted nginx.
visitors
ordinary_host
blog_restarted
mkdir -p /srv/event
echo '<h1>Open day</h1>' >/srv/event/index.html
cat >"$(new_site event)" <<'EOF2'
server {
    listen 80;
    server_name event.example.com;
    root /srv/event;

    location / {
        try_files $uri $uri/ =404;
    }

    location ~* \.(css|js|png)$ {
        expires 7d;
EOF2
systemctl restart nginx.service || true
requests "$BLOG_SITE" / 10
