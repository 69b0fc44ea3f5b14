# localhost has two addresses on a host with IPv6, the service only one of them. nginx tries the next peer, so every request ends
# well, after one line in the error log whenever ::1 was tried first.
visitors
shop_with s/127.0.0.1:8080/localhost:8080/
reload_nginx
requests shop.example.com /cart 60 0.25
