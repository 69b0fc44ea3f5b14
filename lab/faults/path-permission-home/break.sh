# A site out of somebody's home, whose folder is closed to others.
visitors
mkdir -p /home/medic/site
echo hello >/home/medic/site/index.html
chmod 0700 /home/medic
cat >"$(new_site home)" <<'EOF2'
server {
    listen 80;
    server_name home.example.com;

    location /files/ {
        alias /home/medic/site/;
    }
}
EOF2
reload_nginx
requests home.example.com /files/index.html 30
