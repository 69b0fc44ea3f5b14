# A dot of the shop's name became a dash when its site was edited: its visitors get the default server, which has none of its pages.
visitors
shop_with "s|^\([ \t]*server_name \)$(plain_text "$SHOP_SITE");|\1${SHOP_SITE/./-};|"
reload_nginx
shop_requests 40
