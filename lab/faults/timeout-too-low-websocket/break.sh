# The whole server got a read time-out of two seconds for quick pages; a websocket below it, on which nobody speaks for some seconds, is cut off every time. nginx says that at level info only.
visitors
chat_server close
shop_location /live/ "proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_http_version 1.1; proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection upgrade;"
shop_server_directive 'proxy_read_timeout 2s;' "error_log $ERROR_LOG info;"
reload_nginx
requests "$SHOP_SITE" /live/room 20 0.2 --http1.1 -m 10 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
