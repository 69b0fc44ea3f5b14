# A campaign is over and its certificate was deleted (certbot delete); its site is still enabled, and the kernel update of the weekend started nginx anew.
visitors
ordinary_host
for name in secure.example.com sale.example.com; do
  certificate "/etc/letsencrypt/live/$name/fullchain" 60 "$name"
  mv "/etc/letsencrypt/live/$name/fullchain.crt" "/etc/letsencrypt/live/$name/fullchain.pem"
  mv "/etc/letsencrypt/live/$name/fullchain.key" "/etc/letsencrypt/live/$name/privkey.pem"
done
https_site /etc/letsencrypt/live/secure.example.com/fullchain.pem /etc/letsencrypt/live/secure.example.com/privkey.pem
sed 's|secure\.example\.com|sale.example.com|g' "$(new_site secure)" >"$(new_site sale)"
reload_nginx
curl -sk -o /dev/null --resolve sale.example.com:443:127.0.0.1 https://sale.example.com/
rm -r /etc/letsencrypt/live/sale.example.com
systemctl restart nginx.service || true
requests "$SHOP_SITE" "$SHOP_PATH" 10
