# A quiet hour: nobody comes but those who look for other people's mistakes, and hardly an answer is a 200.
mkdir -p /srv/landing
echo '<h1>soon</h1>' >/srv/landing/index.html
cat >"$(new_site landing)" <<'NGINX'
server {
    listen 80;
    server_name landing.example.com;
    root /srv/landing;
}
NGINX
reload_nginx
visitors
for path in .env .git/config wp-login.php xmlrpc.php phpmyadmin/ actuator/health cgi-bin/luci vendor/phpunit/eval-stdin.php; do
  (unnoted=1 && requests "$SHOP_SITE" "/$path" 4 0.05 -A 'Mozilla/5.0 zgrab/0.x' && requests landing.example.com "/$path" 3 0.05 && requests "$BLOG_SITE" "/old/$path" 1 0.05) >/dev/null
done
for i in 1 2 3; do
  # A TLS greeting to a port in clear, a proxy that it is not, a method that there is not, nothing at all.
  printf '\026\003\001\002\000\001\000\001\374\003\003' | timeout 2 bash -c 'exec 3<>/dev/tcp/127.0.0.1/80; cat >&3; cat <&3' >/dev/null || true
  printf 'CONNECT mail.example.net:443 HTTP/1.1\r\nHost: mail.example.net\r\n\r\n' | timeout 2 bash -c 'exec 3<>/dev/tcp/127.0.0.1/80; cat >&3; cat <&3' >/dev/null || true
  printf 'GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n' | timeout 2 bash -c 'exec 3<>/dev/tcp/127.0.0.1/80; cat >&3; cat <&3' >/dev/null || true
  timeout 1 bash -c 'exec 3<>/dev/tcp/127.0.0.1/80; sleep 0.2' || true
done
requests "$SHOP_SITE" "${SHOP_PATH}cart" 3
