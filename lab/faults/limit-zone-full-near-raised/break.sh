# The same sale, but somebody gave the zone more memory and reloaded: the lines are still in the log, and nothing is refused any more.
visitors
http_directive 'limit_conn_zone $request_id zone=perrequest:32k;'
shop_directive 'limit_conn perrequest 5;'
reload_nginx
checkout_threads 400
checkout_settings APP_DELAY=3
shop_requests 400 0.002 >/dev/null
sed -i 's/perrequest:32k/perrequest:10m/' /etc/nginx/nginx.conf
reload_nginx
sleep 2
checkout_settings APP_DELAY=0
shop_requests 20 0.05
