gnu_tools
systemd_back
mv /root/ss.away /usr/bin/ss
systemctl start nginx.service
