# All three directives are there, and handshakes are taken.
visitors
chat_server 426
shop_server_directive "location /ws/ { proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_http_version 1.1; proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \"upgrade\"; }"
reload_nginx
handshakes /ws/room 20
