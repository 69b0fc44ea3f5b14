# A site that only sends visitors on to https, as many do on port 80.
visitors
cat >"$(new_site extra)" <<EOF
server {
    listen 80;
    server_name old.$SHOP_SITE;
    return 301 https://$SHOP_SITE\$request_uri;
}
EOF
reload_nginx
requests "old.$SHOP_SITE" / 10
