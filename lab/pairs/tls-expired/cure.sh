cd /etc/ssl
openssl x509 -req -in backend.csr -CA house.crt -CAkey house.key -CAcreateserial -days 90 -extfile <(printf 'subjectAltName=DNS:%s' "$SHOP_SITE") -out backend.crt 2>/dev/null
cat house.crt >>backend.crt
systemctl restart "$SHOP_UNIT"
