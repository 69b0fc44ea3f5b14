other_server_gone export.service
rm -f "$WWW_DIR/export.bin"
shop_as_shipped
umount -l /srv/scratch
