# A backend at another address, and ufw rejects what goes out to it.
visitors
remote_backend
reload_nginx
requests shop.example.com / 5 >/dev/null
ufw allow 22/tcp >/dev/null
ufw allow 80/tcp >/dev/null
ufw reject out to 10.88.0.2 port 8080 proto tcp >/dev/null
ufw --force enable >/dev/null
requests shop.example.com /cart 30
