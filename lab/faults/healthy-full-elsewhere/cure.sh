umount /mnt/backup
systemctl reset-failed backup.service
rm -f /etc/systemd/system/backup.service
