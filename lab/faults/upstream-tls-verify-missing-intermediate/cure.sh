cat /srv/tls/issuing.crt >>/srv/tls/app.crt
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
