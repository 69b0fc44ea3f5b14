# A site of its own for the websocket, through an upstream block, with headers of its own that are not the ones that count.
visitors
chat_server close
cat >"$(new_site push)" <<NGINX
upstream push_nodes {
    server 127.0.0.1:$SPARE_PORT;
    keepalive 8;
}

server {
    listen 80;
    server_name push.example.com;
    proxy_http_version 1.1;
    proxy_set_header Host \$host;
    proxy_set_header Connection "";

    location / {
        proxy_pass http://push_nodes;
    }
}
NGINX
reload_nginx
requests push.example.com /feed 20 0.2 --http1.1 -m 1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \
  -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
