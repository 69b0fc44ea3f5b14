# A page for everything, as single-page applications have it, and the page is not there.
visitors
mkdir -p /srv/spa
cat >"$(new_site spa)" <<'EOF2'
server {
    listen 80;
    server_name spa.example.com;
    root /srv/spa;

    location / {
        try_files $uri $uri/ /index.html;
    }
}
EOF2
reload_nginx
requests spa.example.com /account/login 30
