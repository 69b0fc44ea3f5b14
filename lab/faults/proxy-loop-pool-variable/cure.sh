sed -i "s|server 127.0.0.1:80;|server $SHOP_ADDRESS;|" "$(new_site pools)"
systemctl restart nginx.service
