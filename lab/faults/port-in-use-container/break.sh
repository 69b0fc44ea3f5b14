# A container with a web server of its own was tried out and publishes port 80; nginx was stopped for it and does not come back.
visitors
systemctl stop nginx.service
containers_ready docker
docker run -d --name proxy-manager --restart unless-stopped -p 80:8000 -v /usr:/usr:ro -v /srv/containers:/app:ro --ulimit nofile=1024:1024 \
  "shop/$SHOP_APP:1.4" python3 /app/serve.py 0.0.0.0 8000 >/dev/null
wait_until 15 accepts 127.0.0.1:80
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
