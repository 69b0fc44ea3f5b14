echo 'limit_req_zone $binary_remote_addr zone=login:1m rate=50r/s;' >/etc/nginx/zones.d/login.conf
nginx_unit_as_shipped
