cp /srv/tls/front.key /etc/nginx/client/front.key
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
systemctl reset-failed nginx.service 2>/dev/null || true
systemctl start nginx.service
