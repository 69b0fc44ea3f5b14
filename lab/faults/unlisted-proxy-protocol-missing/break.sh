# The listener wants the PROXY line of a load balancer that does not send it: every request is thrown away.
visitors
shop_server_directive "listen $SPARE_PORT proxy_protocol;"
reload_nginx
for i in {1..20}; do curl -s -m 3 -o /dev/null -w "%{http_code}\n" -H "Host: $SHOP_SITE" "http://127.0.0.1:$SPARE_PORT/" || true; done
