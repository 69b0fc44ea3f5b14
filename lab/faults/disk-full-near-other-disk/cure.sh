systemctl start "$SHOP_UNIT"
umount /mnt/backup
