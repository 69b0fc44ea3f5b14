# A folder that partners write to by WebDAV was restored from a backup as root: nginx has the upload and may not put it there.
visitors
mkdir -p /srv/exchange
cat >"$(new_site exchange)" <<'EOF'
server {
    listen 80;
    server_name exchange.example.com;
    root /srv/exchange;

    location / {
        dav_methods PUT DELETE;
        client_max_body_size 5m;
    }
}
EOF
reload_nginx
chown root:root /srv/exchange
chmod 755 /srv/exchange
head -c 40000 /dev/zero >/tmp/upload
requests exchange.example.com /orders.csv 20 0.1 -X PUT --data-binary @/tmp/upload
