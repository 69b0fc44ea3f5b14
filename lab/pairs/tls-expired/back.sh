# A certificate authority of the house signed a certificate that ended yesterday; the server shows both.
cd /etc/ssl
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=House CA" -keyout house.key -out house.crt 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj "/CN=$SHOP_SITE" -keyout backend.key -out backend.csr 2>/dev/null
sign() { openssl x509 -req -in backend.csr -CA house.crt -CAkey house.key -CAcreateserial -days "$1" -extfile <(printf 'subjectAltName=DNS:%s' "$SHOP_SITE") -out backend.crt 2>/dev/null && cat house.crt >>backend.crt; }
sign -1
chmod 0644 backend.key
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's|--bind|--certfile /etc/ssl/backend.crt --keyfile /etc/ssl/backend.key --bind|')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
