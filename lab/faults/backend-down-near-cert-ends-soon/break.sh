# Somebody ended the application by kill and not by systemctl, and nothing starts it again; the mails of today are all about the certificate, which has six days left.
visitors
ordinary_host
blog_restarted
certificate /etc/nginx/tls/secure 6
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
curl -sk -o /dev/null --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/
kill "$(systemctl show -p MainPID --value "$SHOP_UNIT")"
wait_until 10 eval '[ "$(systemctl is-active "$SHOP_UNIT")" = inactive ]'
shop_requests 30
