# The password file of basic authentication may not be read by the workers: nginx answers 500.
visitors
printf "shop:%s\n" "$(openssl passwd -apr1 secret)" >/etc/nginx/shop.htpasswd
chmod 600 /etc/nginx/shop.htpasswd
shop_server_directive "auth_basic shop;" "auth_basic_user_file /etc/nginx/shop.htpasswd;"
reload_nginx
shop_requests 25 0.1 -u shop:secret
