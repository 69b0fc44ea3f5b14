# The shop keeps its connections open as it should; the site for the staff, added later, goes to the same upstream block without the two lines.
visitors
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 24;|"
shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
cat >"$(new_site staff)" <<NGINX
server {
    listen 80;
    server_name staff.example.com;

    location / {
        proxy_set_header Host \$host;
        proxy_pass http://$SHOP_UPSTREAM;
    }
}
NGINX
reload_nginx
shop_requests 10
requests staff.example.com /cart 25
