umount /run/blog
sed -i '\|^tmpfs /run/blog |d' /etc/fstab
