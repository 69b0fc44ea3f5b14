shop_with "s/ down;/;/"
reload_nginx
