# A drop-in of the unit of nginx gives it 40 descriptors; large pages are served to people on slow lines, a file and a socket each.
visitors
mkdir -p /etc/systemd/system/nginx.service.d
printf '[Service]\nLimitNOFILE=40\n' >/etc/systemd/system/nginx.service.d/limits.conf
systemctl daemon-reload
systemctl restart nginx.service
truncate -s 60M "$WWW_DIR/film.bin"
requests "$WWW_SITE" /film.bin 90 0.01 --limit-rate 6M
