# nginx trusts the authority of the house and checks what the backend shows.
mkdir -p /etc/nginx/trust
openssl s_client -connect "$SHOP_ADDRESS" -showcerts </dev/null 2>/dev/null | awk '/BEGIN CERT/ { n++ } n == 2' | sed '/END CERT/q' >/etc/nginx/trust/house.pem
shop_with "s|proxy_pass http://|proxy_pass https://|"
SHOP_PASS=${SHOP_PASS/http:/https:}
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /etc/nginx/trust/house.pem;' "proxy_ssl_name $SHOP_SITE;" 'proxy_ssl_server_name on;'
reload_nginx
shop_requests 30
