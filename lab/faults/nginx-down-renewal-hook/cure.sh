systemctl start nginx.service
systemctl reset-failed renew-certificates.service
rm -f /etc/systemd/system/renew-certificates.service /usr/local/sbin/renew-certificates
systemctl daemon-reload
