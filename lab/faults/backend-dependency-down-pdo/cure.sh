systemctl start mariadb.service
wait_until 10 listens_on 3306
