# The unit was hardened: nginx sees an /etc of its own with what somebody thought it needs. /etc/hosts, where the backend's name stands, was forgotten.
visitors
echo "127.0.0.1 checkout-backend" >>/etc/hosts
shop_points_to "checkout-backend:$SHOP_PORT"
reload_nginx
shop_requests 5 >/dev/null
nginx_unit_with 'TemporaryFileSystem=/etc:ro' 'BindReadOnlyPaths=/etc/nginx /etc/passwd /etc/group /etc/nsswitch.conf /etc/ssl /etc/ld.so.cache /etc/localtime'
systemctl restart nginx.service || true
requests "$WWW_SITE" / 5
