# A deploy keeps its releases below /root, and "current" is a link to the newest; nginx follows it and may not enter.
visitors
mkdir -p /root/releases/42/assets /srv/landing
echo 'body {}' >/root/releases/42/assets/main.css
chmod 0700 /root
ln -s /root/releases/42 /srv/landing/current
cat >"$(new_site landing)" <<'EOF2'
server {
    listen 80;
    server_name landing.example.com;
    root /srv/landing/current;

    location /assets/ {
        expires 1h;
    }
}
EOF2
reload_nginx
requests landing.example.com /assets/main.css 30
