# Configuration management wrote the same files again: newer than nginx, and not a byte different.
visitors
for file in "$SHOP_CONF" "$BLOG_CONF" "$WWW_CONF" /etc/nginx/nginx.conf; do
  cp "$(realpath "$file")" /run/same && cat /run/same >"$(realpath "$file")"
done
rm /run/same
shop_requests 20
