sed -i 's/^shared_buffers = .*/shared_buffers = 2GB/' /etc/postgresql/postgresql.conf
systemctl reset-failed postgresql.service
systemctl start postgresql.service
wait_until 10 listens_on 5432
