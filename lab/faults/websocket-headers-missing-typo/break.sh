# All three directives stand in the location, but the variable has a typing error: nginx takes $http_upgarde for the header Upgarde, which nobody sends, and the handshake goes out without Upgrade.
visitors
chat_server 426
http_directive 'map $http_upgrade $connection_upgrade { default upgrade; "" close; }'
shop_server_directive "location /ws/ { proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_http_version 1.1; proxy_set_header Upgrade \$http_upgarde; proxy_set_header Connection \$connection_upgrade; }"
reload_nginx
handshakes /ws/lobby 20
