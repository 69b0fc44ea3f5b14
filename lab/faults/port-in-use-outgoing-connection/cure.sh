systemctl disable -q --now replication.service
rm -f /etc/systemd/system/replication.service /usr/local/bin/replication
systemctl daemon-reload
nginx_unit_as_shipped
