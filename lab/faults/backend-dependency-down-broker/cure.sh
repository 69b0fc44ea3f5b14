sed -i '/^heartbeats/d' /etc/rabbitmq/rabbitmq.conf
systemctl reset-failed rabbitmq-server.service
systemctl start rabbitmq-server.service
wait_until 10 listens_on 5672
