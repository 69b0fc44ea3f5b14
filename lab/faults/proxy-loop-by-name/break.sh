# The site's own name stands in proxy_pass, and /etc/hosts leads it back here.
visitors
echo "127.0.0.1 $SHOP_SITE" >>/etc/hosts
shop_points_to "$SHOP_SITE:80"
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
