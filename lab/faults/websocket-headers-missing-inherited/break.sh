# The three directives stand in the server block, but the location has a proxy_set_header of its own, and with that none is inherited.
visitors
chat_server close
cat >"$(new_site live)" <<NGINX
server {
    listen 80;
    server_name live.example.com;
    proxy_http_version 1.1;
    proxy_set_header Upgrade \$http_upgrade;
    proxy_set_header Connection "upgrade";

    location / {
        root $WWW_DIR;
    }

    location /socket {
        proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
        proxy_pass http://127.0.0.1:$SPARE_PORT;
    }
}
NGINX
reload_nginx
requests live.example.com /index.html 5 >/dev/null
requests live.example.com /socket 20 0.2 --http1.1 -m 1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \
  -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
