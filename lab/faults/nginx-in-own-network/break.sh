# The only nginx runs in a network of its own, as in a container: what ss and curl see here is not what it sees.
visitors
ip netns add web
ip -n web link set lo up
systemctl disable -q --now nginx.service
systemd-run -q --unit=web-container.service --property=NetworkNamespacePath=/run/netns/web /usr/sbin/nginx -g 'daemon off;'
wait_until 10 pgrep -f 'master process /usr/sbin/nginx -g daemon off'
requests "$WWW_SITE" / 10
