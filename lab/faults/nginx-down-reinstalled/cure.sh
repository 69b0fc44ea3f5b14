rm -f /usr/sbin/policy-rc.d
systemctl start nginx.service
