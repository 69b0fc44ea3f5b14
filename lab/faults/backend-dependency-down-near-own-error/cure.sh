systemctl start redis-server.service
checkout_as_shipped
