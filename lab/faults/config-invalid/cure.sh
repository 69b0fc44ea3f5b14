shop_with "s/server_name $SHOP_SITE\$/&;/"
systemctl start nginx.service
