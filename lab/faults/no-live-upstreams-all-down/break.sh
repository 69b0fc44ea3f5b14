# After maintenance both servers are still marked down in the configuration; both services run.
visitors
second_checkout
shop_with "s/^    server \(127.0.0.1:808[02]\);/    server \1 down;/"
reload_nginx
requests shop.example.com /cart 30
