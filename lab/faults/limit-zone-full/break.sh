# limit_conn counts by the session cookie, which became a long signed token: the small zone has room for some fifty of them, and in a sale the rest get 503.
visitors
http_directive 'limit_conn_zone $cookie_session zone=persession:32k;'
shop_directive 'limit_conn persession 5;'
reload_nginx
checkout_threads 300
checkout_settings APP_DELAY=5
token=$(head -c 180 /dev/zero | tr '\0' 'a')
unnoted=1 # one after the other they would not crowd
for n in $(seq 1 160); do shop_requests 1 0 -H "Cookie: session=$n.$token" & sleep 0.005; done
wait
