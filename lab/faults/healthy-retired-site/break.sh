# A site was given up today: its service was stopped and switched off first, a few people met 502, then its file was renamed and nginx reloaded. The file would not even pass a test any more.
a_backend outlet.service 127.0.0.1 "$SPARE_PORT"
site=$(new_site outlet)
cat >"$site" <<NGINX
server {
    listen 80;
    server_name outlet.example.com;

    location / {
        proxy_pass http://127.0.0.1:$SPARE_PORT;
    }
}
NGINX
reload_nginx
visitors
(unnoted=1 && requests outlet.example.com / 10 >/dev/null)
systemctl disable -q --now outlet.service
(unnoted=1 && requests outlet.example.com / 12 >/dev/null)
mkdir -p /etc/nginx/retired
mv "$site" /etc/nginx/retired/outlet.conf.disabled
sed -i 's|^\( *\)proxy_pass .*|\1proxy_pass http://outlet-backend.retired|' /etc/nginx/retired/outlet.conf.disabled
reload_nginx
shop_requests 30
requests "$BLOG_SITE" / 10
