# The same mistake under a running nginx: it serves on, and would not survive a restart.
visitors
shop_with "s/^    server_name shop.example.com;/    server_name shop.example.com/"
systemctl reload nginx.service || true
requests shop.example.com /cart 10
