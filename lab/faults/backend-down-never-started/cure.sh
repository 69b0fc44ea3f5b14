systemctl enable -q --now reports.service
wait_until 15 accepts "127.0.0.1:$SPARE_PORT"
