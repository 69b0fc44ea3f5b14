shop_as_shipped
rm -rf /var/cache/nginx-pages
