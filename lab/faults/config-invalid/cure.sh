shop_with "s/^    server_name shop.example.com$/&;/"
systemctl start nginx.service
