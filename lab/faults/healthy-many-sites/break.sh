# Twelve sites with what the internet does to each of them all day.
visitors
for i in $(seq 12); do
  printf 'server {\n    listen 80;\n    server_name site%s.%s;\n    root %s;\n    location /private/ { deny all; }\n}\n' "$i" "$SHOP_SITE" "$WWW_DIR"
done >"$(new_site extra)"
reload_nginx
for i in $(seq 12); do
  for path in /wp-login.php /.git/config /private/ /xmlrpc.php /robots.txt; do
    curl -s -m 5 -o /dev/null -H "Host: site$i.$SHOP_SITE" "http://127.0.0.1$path"
  done
done
requests "site3.$SHOP_SITE" / 10
