# The two lines that keepalive needs stand at http level, and a location without headers of its own inherits them.
visitors
http_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
cat >"$(new_site warm)" <<EOF
upstream warm_pool {
    server $SHOP_ADDRESS;
    keepalive 8;
}

server {
    listen 80;
    server_name warm.example.com;

    location / {
        proxy_pass http://warm_pool;
    }
}
EOF
reload_nginx
requests warm.example.com /cart 20
