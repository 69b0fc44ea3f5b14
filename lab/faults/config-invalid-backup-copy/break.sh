# Before a change somebody copied the site's file beside itself, where nginx reads it too: the upstream block is there twice, and nginx was restarted.
visitors
copy=$(new_site shop-before-the-move)
printf 'upstream %s {\n    server %s;\n}\n\nserver {\n    listen 80;\n    server_name %s;\n    location / {\n        proxy_pass http://%s;\n    }\n}\n' \
  "$SHOP_UPSTREAM" "$SHOP_ADDRESS" "$SHOP_SITE" "$SHOP_UPSTREAM" >"$copy"
touch -d '-20 days' "$copy"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
