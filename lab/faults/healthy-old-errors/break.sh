# A fault of 40 minutes ago, mended then. The stamps of nginx logs are rewritten to that time by this script: nobody waits 40 minutes.
visitors
systemctl stop checkout-api.service
requests shop.example.com /cart 30 >/dev/null
systemctl start checkout-api.service
wait_until 10 accepts 127.0.0.1:8080
older_log_lines 40
requests shop.example.com /cart 20
requests blog.example.com / 5
