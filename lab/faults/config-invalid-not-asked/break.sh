# The same mistake, and nobody has asked nginx to load it yet.
visitors
shop_with "s/^    server_name shop.example.com;/    server_name shop.example.com/"
requests shop.example.com /cart 10
