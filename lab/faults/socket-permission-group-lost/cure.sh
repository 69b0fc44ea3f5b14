usermod --append --groups "$SHOP_USER" www-data
reload_nginx
