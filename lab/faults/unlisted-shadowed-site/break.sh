# A copy of the site from before the shop had an application came back from a backup; its file is read first, and nginx ignores the second block of the same name.
visitors
cat >"$(new_site 00-restored)" <<NGINX
server {
    listen 80;
    server_name $SHOP_SITE;
    root /srv/catalogue-2019;
}
NGINX
reload_nginx
shop_requests 30
