umount /mnt/snapshot
rm /var/lib/nginx/body/core.1181
umount /var/lib/nginx/body
shop_as_shipped
