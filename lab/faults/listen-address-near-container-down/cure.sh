systemctl start "$SHOP_UNIT"
docker rm -f web >/dev/null
systemctl enable -q nginx.service
nginx_unit_as_shipped
