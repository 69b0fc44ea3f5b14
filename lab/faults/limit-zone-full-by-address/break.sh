# The zone that counts connections by client and browser was cut to its smallest size; a crowd waits for slow pages, and whoever comes then is told 429 although nobody has two.
visitors
http_directive 'limit_conn_zone $binary_remote_addr$http_user_agent zone=visitors:32k;' 'limit_conn_status 429;'
shop_server_directive 'limit_conn visitors 4;'
reload_nginx
checkout_threads 400
checkout_settings APP_DELAY=6
browser='Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0 Embedded/1.0 Kiosk'
unnoted=1 # one after the other they would not crowd
for n in $(seq 1 240); do shop_requests 1 0 --interface "127.0.7.$n" -A "$browser" & sleep 0.002; done
wait
