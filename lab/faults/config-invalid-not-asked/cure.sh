shop_with "s/^    server_name shop.example.com$/&;/"
reload_nginx
