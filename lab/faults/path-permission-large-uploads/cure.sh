chmod 0644 /srv/media/pictures/large-1.jpg
umount /mnt/old-backup
