printf 'nameserver 127.0.0.1\n' >/etc/resolv.conf
systemctl reset-failed nginx.service
systemctl start nginx.service
