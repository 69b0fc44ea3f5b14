# Pictures are given only to pages of the house (valid_referers); since last week the shop also has a name in another country, which is not on the list: its pages have no pictures, 403.
mkdir -p /srv/pictures
head -c 4000 /dev/urandom >/srv/pictures/lamp.jpg
cat >"$(new_site pictures)" <<NGINX
server {
    listen 80;
    server_name pictures.example.com;
    root /srv/pictures;

    location ~ \.jpg\$ {
        valid_referers none blocked server_names *.example.com $SHOP_SITE;
        if (\$invalid_referer) {
            return 403;
        }
        expires 30d;
    }
}
NGINX
reload_nginx
visitors
(unnoted=1 && requests pictures.example.com /lamp.jpg 10 0.05 -e "https://$SHOP_SITE/lamps" >/dev/null)
requests pictures.example.com /lamp.jpg 40 0.1 -e 'https://shop.example.fr/lampes'
