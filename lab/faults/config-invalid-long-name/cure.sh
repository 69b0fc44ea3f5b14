keep /etc/nginx/nginx.conf
http_directive 'server_names_hash_bucket_size 256;'
nginx_unit_as_shipped
