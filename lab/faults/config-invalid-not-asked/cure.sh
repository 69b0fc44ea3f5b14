shop_with "s/server_name $SHOP_SITE\$/&;/"
reload_nginx
