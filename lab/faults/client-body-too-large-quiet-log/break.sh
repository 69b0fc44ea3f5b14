# A site for uploads logs only what is critical: the access log alone tells of the 413.
visitors
cat >"$(new_site upload)" <<EOF
server {
    listen 80;
    server_name upload.example.com;
    access_log /var/log/nginx/upload.access.log;
    error_log /var/log/nginx/upload.error.log crit;

    location / {
        proxy_pass http://$SHOP_ADDRESS;
        client_max_body_size 200k;
    }
}
EOF
reload_nginx
head -c 900000 /dev/zero >/tmp/upload
requests upload.example.com /cart 4 >/dev/null
requests upload.example.com /pictures 25 0.1 -X POST --data-binary @/tmp/upload
