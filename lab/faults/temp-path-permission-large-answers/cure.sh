chown -R www-data:root /var/lib/nginx/proxy
checkout_as_shipped
