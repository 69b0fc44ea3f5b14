# A semicolon is missing and nginx was restarted: it did not come back.
visitors
shop_with "s/^    server_name shop.example.com;/    server_name shop.example.com/"
systemctl restart nginx.service || true
requests www.example.com / 10
