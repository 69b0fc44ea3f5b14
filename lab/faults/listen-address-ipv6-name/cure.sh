sed -i "s/^fd00:5::1 $SHOP_APP\.internal/127.0.0.1 $SHOP_APP.internal/" /etc/hosts
reload_nginx
