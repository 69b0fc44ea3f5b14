# rewrite ... last leads into its own location again.
visitors
cat >"$(new_site files)" <<'EOF2'
server {
    listen 80;
    server_name files.example.com;
    root /srv;

    location / {
        rewrite ^/(.*)$ /www/$1 last;
    }
}
EOF2
reload_nginx
requests files.example.com /index.html 30
