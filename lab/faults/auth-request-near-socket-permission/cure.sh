rm -r /etc/systemd/system/gate.service.d
systemctl daemon-reload
systemctl restart gate.service
wait_until 10 listens_at unix:/run/gate/check.sock
