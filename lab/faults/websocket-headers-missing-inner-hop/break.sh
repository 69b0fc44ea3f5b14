# Two hops in one nginx: the public site passes the handshake on as it should, to an inner server on a port of its own, and that one knows nothing of websockets.
visitors
chat_server close
cat >"$(new_site inner)" <<EOF2
server {
    listen 127.0.0.1:$SPARE_PORT2;
    server_name inner;

    location / {
        proxy_pass http://127.0.0.1:$SPARE_PORT;
        proxy_set_header Host \$host;
        proxy_set_header X-Real-IP \$remote_addr;
    }
}
EOF2
shop_server_directive "location /live/ { proxy_pass http://127.0.0.1:$SPARE_PORT2; proxy_http_version 1.1; proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \"upgrade\"; proxy_set_header Host \$host; }"
reload_nginx
wait_until 10 listens_on "$SPARE_PORT2"
handshakes /live/room 20
