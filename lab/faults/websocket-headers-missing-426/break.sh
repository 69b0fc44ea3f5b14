# The backend of the live updates says 426 to each request, and nothing of that is in the error log.
visitors
chat_server 426
keep "$SHOP_CONF"
shop_server_directive "location /updates/socket { proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_http_version 1.1; proxy_set_header Host \$host; }"
reload_nginx
handshakes /updates/socket 20
