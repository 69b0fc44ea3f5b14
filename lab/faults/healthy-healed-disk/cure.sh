rm -f /var/tmp/upload
umount /var/lib/nginx/body
shop_as_shipped
