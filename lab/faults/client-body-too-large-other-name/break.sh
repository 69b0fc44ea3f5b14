# The limit was raised in the server block of the site; the app for phones posts its pictures to a name with a block of its own, where it was not.
visitors
shop_server_directive 'client_max_body_size 50m;'
cat >"$(new_site phones)" <<NGINX
server {
    listen 80;
    server_name phones.$SHOP_SITE;

    location / {
        proxy_pass http://$SHOP_ADDRESS;
    }
}
NGINX
reload_nginx
head -c 4000000 /dev/zero >/tmp/upload
requests "phones.$SHOP_SITE" /cart 5 >/dev/null
requests "phones.$SHOP_SITE" /pictures 25 0.1 -X POST --data-binary @/tmp/upload
