sysctl -qw net.ipv4.ip_nonlocal_bind=1
systemctl reset-failed nginx.service
systemctl start nginx.service
