# The disk of the backups is full; nothing of the sites is there.
visitors
mkdir -p /mnt/backup
mount -t tmpfs -o size=2m tmpfs /mnt/backup
head -c 4000000 /dev/zero >/mnt/backup/dump 2>/dev/null || true
printf '[Service]\nType=oneshot\nExecStart=/bin/cp /usr/bin/python3.11 /mnt/backup/\n' >/etc/systemd/system/backup.service
systemctl daemon-reload
systemctl start backup.service 2>/dev/null || true
shop_requests 20
