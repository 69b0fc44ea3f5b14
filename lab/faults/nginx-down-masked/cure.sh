systemctl unmask -q nginx.service
systemctl start nginx.service
