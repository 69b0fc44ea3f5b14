# Long enough for the kernel to find out that nobody answers for the address any more.
shop_timeout connect 4
reload_nginx
shop_requests 50 1
