# Files that no include takes in: an old site with a mistake and a dead backend, an expired certificate of it, what the packager left.
visitors
mkdir -p /etc/nginx/sites-available /etc/nginx/conf.d /etc/nginx/old-tls
certificate /etc/nginx/old-tls/legacy -1 legacy.example.com
cat >/etc/nginx/sites-available/legacy.example.com <<EOF
server {
    listen 443 ssl;
    server_name legacy.example.com;
    ssl_certificate /etc/nginx/old-tls/legacy.crt;
    ssl_certificate_key /etc/nginx/old-tls/legacy.key;
    location / {
        proxy_pass http://127.0.0.1:$SPARE_PORT
    }
}
EOF
cp /etc/nginx/sites-available/legacy.example.com /etc/nginx/conf.d/legacy.conf.dpkg-old
sed "s|$SHOP_ADDRESS|127.0.0.1:$SPARE_PORT2|" "$SHOP_CONF" >/etc/nginx/conf.d/shop.conf.save
shop_requests 20
