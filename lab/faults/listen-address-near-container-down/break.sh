# The only nginx runs in a docker container, and the backend that it looks for on its own 127.0.0.1 runs nowhere at all.
visitors
systemctl disable -q --now nginx.service
containers_ready docker
docker run -d --name web -p 80:80 --ulimit nofile=1024:1024 -v /usr:/usr:ro -v /etc/nginx:/etc/nginx:ro -v /etc/passwd:/etc/passwd:ro -v /etc/group:/etc/group:ro \
  -v /var:/var -v /srv:/srv "shop/$SHOP_APP:1.4" \
  /usr/sbin/nginx -g 'daemon off;' >/dev/null
wait_until 15 accepts 127.0.0.1:80
systemctl stop "$SHOP_UNIT"
shop_requests 20
