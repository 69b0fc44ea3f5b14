sysctl -qw net.ipv4.ip_unprivileged_port_start=80
systemctl reset-failed nginx.service
systemctl start nginx.service
