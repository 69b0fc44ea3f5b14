systemctl start sign-on.service
