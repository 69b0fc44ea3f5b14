rm -f /run/tunnel/edge.sock
systemctl reset-failed nginx.service
systemctl start nginx.service
