# A file system of backups is full, as such are; the shop is down for another reason.
visitors
mkdir -p /mnt/backup
mount -t tmpfs -o size=1m tmpfs /mnt/backup
head -c 3000000 /dev/zero >/mnt/backup/monday.tar 2>/dev/null || true
systemctl stop "$SHOP_UNIT"
shop_requests 25
