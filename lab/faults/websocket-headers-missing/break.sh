# The chat hangs up on requests that are no handshake, and nginx makes them just that.
visitors
chat_server close
shop_server_directive "location /ws/ { proxy_pass http://127.0.0.1:$SPARE_PORT; }"
reload_nginx
handshakes /ws/room 20
