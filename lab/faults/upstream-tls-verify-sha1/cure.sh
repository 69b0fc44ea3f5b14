issued /srv/tls/app /srv/tls/root 60 "$SHOP_SITE"
chmod a+r /srv/tls/app.key
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
