sed -i 's|rooms\[\(.*\)\]\.append|rooms.setdefault(\1, []).append|' /srv/chat.py
systemctl restart chat.service
wait_until 10 listens_on "$SPARE_PORT"
