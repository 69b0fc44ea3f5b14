systemctl start "$SHOP_UNIT"
opt_nginx_gone edge-nginx.service
a_backend_gone partner-api.service
