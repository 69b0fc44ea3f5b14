# What a host on the internet sees every day and no fault is behind: scanners, broken TLS, too large uploads, clients who leave.
visitors
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=secure.$SHOP_SITE" -keyout /etc/ssl/private/secure.key -out /etc/ssl/certs/secure.pem 2>/dev/null
mkdir -p /srv/secure
cat >"$(new_site secure)" <<EOF
server {
    listen 443 ssl;
    server_name secure.$SHOP_SITE;
    ssl_certificate /etc/ssl/certs/secure.pem;
    ssl_certificate_key /etc/ssl/private/secure.key;
    root /srv/secure;
    error_log /var/log/nginx/error.log info;
    location = / { return 200 "secure\n"; }
    location /private/ { deny all; }
}
EOF
reload_nginx
wait_until 10 listens_on 443
secure() { curl -s -k -m 5 -o /dev/null --resolve "secure.$SHOP_SITE:443:127.0.0.1" "https://secure.$SHOP_SITE$1" || true; }
for path in /wp-login.php /.env /phpmyadmin/index.php /private/ /robots.txt; do
  secure "$path"
  secure "$path"
done
for i in 1 2 3 4 5; do
  openssl s_client -connect 127.0.0.1:443 -tls1_1 </dev/null >/dev/null 2>&1 || true
  openssl s_client -connect 127.0.0.1:443 -tls1_3 -groups X448 </dev/null >/dev/null 2>&1 || true
  printf "GET / HTTP/1.0\r\n\r\n" | timeout 2 bash -c "exec 3<>/dev/tcp/127.0.0.1/443; cat >&3; cat <&3" >/dev/null || true
done
head -c 2000000 /dev/zero >/tmp/upload
for i in 1 2 3; do curl -s -m 5 -o /dev/null -H "Host: $SHOP_SITE" --data-binary @/tmp/upload "http://127.0.0.1${SHOP_PATH}cart" || true; done
rm /tmp/upload
requests "$SHOP_SITE" "${SHOP_PATH}missing" 10 >/dev/null
shop_requests 10
