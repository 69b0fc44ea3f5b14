# The service was moved to IPv6 loopback; nginx connects by IPv4.
visitors
checkout_runs --bind "[::1]:8080"
wait_until 10 listens_on 8080
requests shop.example.com /cart 30
